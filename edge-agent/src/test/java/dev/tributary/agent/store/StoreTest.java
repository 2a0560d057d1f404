package dev.tributary.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.Row;
import dev.tributary.agent.participation.DeviceState.Slot;
import dev.tributary.model.Bytes;
import dev.tributary.update.FederationId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final FederationId FEDERATION = new FederationId("f");
    private static final Columns COLUMNS = new Columns(List.of("x", "y"));

    @TempDir
    private Path folder;

    private StoreFile open() {
        return StoreFile.at(folder.resolve("sub/device.store"), System::nanoTime);
    }

    private static Row row(double x) {
        return Row.of(COLUMNS, new double[] {x, Double.NaN}, Optional.of("ok"));
    }

    private static List<String> contents(StoredRowLog log) {
        List<String> rows = new ArrayList<>();
        log.forEach((ordinal, row) ->
                rows.add(ordinal + ":" + row.value(0) + ":" + row.label().orElse("-")));
        return rows;
    }

    @Test
    void rows_survive_inOrder_oldestDroppedFirst() {
        try (StoreFile file = open()) {
            StoredRowLog log = new StoredRowLog(file, 3);
            for (int i = 0; i < 5; i++) {
                log.append(row(i), "line " + i);
            }
            assertThat(log.count()).isEqualTo(3);
        }
        try (StoreFile file = open()) {
            StoredRowLog log = new StoredRowLog(file, 2);
            assertThat(contents(log)).containsExactly("3:3.0:ok", "4:4.0:ok");
            assertThat(log.lastPosition()).contains("line 4");
            Columns other = new Columns(List.of("z"));
            log.append(Row.of(other, new double[] {9}, Optional.empty()), "");
            assertThat(contents(log)).containsExactly("4:4.0:ok", "5:9.0:-");
        }
    }

    @Test
    void state_survives_andSequenceGoesOnBehindWhatWasStored() {
        try (StoreFile file = open()) {
            StoredDeviceState state = new StoredDeviceState(file);
            assertThat(state.nextSequence()).isEqualTo(1);
            state.put(FEDERATION, Slot.ANSWER, Bytes.of((byte) 1));
            state.put(FEDERATION, Slot.MODEL, Bytes.of((byte) 2));
            state.remove(FEDERATION, Slot.MODEL);
        }
        try (StoreFile file = open()) {
            StoredDeviceState state = new StoredDeviceState(file);
            assertThat(state.get(FEDERATION, Slot.ANSWER)).contains(Bytes.of((byte) 1));
            assertThat(state.get(FEDERATION, Slot.MODEL)).isEmpty();
            assertThat(state.nextSequence()).isEqualTo(2);
        }
    }

    @Test
    void open_fileInUse_saysSo() {
        try (StoreFile file = open()) {
            assertThat(file.isOpen()).isTrue();
            assertThatThrownBy(this::open)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot open store");
        }
    }

    @Test
    void kill9_leavesEveryFlushedRowAndEveryStoredValue() throws Exception {
        for (int run = 0; run < 3; run++) {
            long flushed = runAndKill(200 + 700 * run);
            try (StoreFile file = open()) {
                StoredRowLog log = new StoredRowLog(file, 1_000_000);
                List<String> rows = contents(log);
                assertThat(rows.size()).as("run %d", run).isGreaterThanOrEqualTo((int) flushed + 1);
                for (int i = 0; i < rows.size(); i++) {
                    assertThat(rows.get(i)).isEqualTo(i + ":" + (double) i + ":ok");
                }
                assertThat(new StoredDeviceState(file).get(FEDERATION, Slot.ANSWER))
                        .isPresent();
            }
        }
    }

    /** Lets a child write until it said that {@code lines} more rows are durable, kills it, and returns the last one. */
    private long runAndKill(int lines) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWriter.class.getName(),
                        folder.resolve("sub/device.store").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = -1;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                last = Long.parseLong(out.readLine());
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        return last;
    }
}
