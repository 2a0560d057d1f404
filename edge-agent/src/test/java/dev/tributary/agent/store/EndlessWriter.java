package dev.tributary.agent.store;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.Row;
import dev.tributary.agent.participation.DeviceState.Slot;
import dev.tributary.model.Bytes;
import dev.tributary.update.FederationId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Adds rows for ever and prints the value of each once it is durable; a process to be killed. */
final class EndlessWriter {
    private EndlessWriter() {}

    public static void main(String[] arguments) {
        StoreFile file = StoreFile.at(Path.of(arguments[0]), System::nanoTime);
        StoredRowLog log = new StoredRowLog(file, 1_000_000);
        StoredDeviceState state = new StoredDeviceState(file);
        Columns columns = new Columns(List.of("x"));
        for (long i = log.count(); ; i++) {
            log.append(Row.of(columns, new double[] {i}, Optional.of("ok")), "");
            log.flush();
            if (i % 50 == 0) {
                state.put(new FederationId("f"), Slot.ANSWER, Bytes.of((byte) i));
            }
            System.out.println(i);
        }
    }
}
