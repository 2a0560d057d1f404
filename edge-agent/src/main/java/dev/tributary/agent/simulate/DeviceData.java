package dev.tributary.agent.simulate;

import dev.tributary.agent.examples.Row;
import dev.tributary.update.DeviceId;
import java.util.List;

/** A simulated device: its name and its rows, in time order. */
public record DeviceData(DeviceId id, List<Row> rows) {
    public DeviceData {
        rows = List.copyOf(rows);
    }
}
