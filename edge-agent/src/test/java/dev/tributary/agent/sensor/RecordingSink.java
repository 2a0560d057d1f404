package dev.tributary.agent.sensor;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a source says. */
final class RecordingSink implements SensorSource.Sink {
    final List<Reading> readings = new ArrayList<>();
    final List<String> unreadable = new ArrayList<>();

    @Override
    public void reading(Reading reading) {
        readings.add(reading);
    }

    @Override
    public void unreadable(String why) {
        unreadable.add(why);
    }

    /** The values of one column, of readings since the last call. */
    List<Double> take(String column) {
        List<Double> values = readings.stream()
                .map(reading -> reading.row().value(reading.row().columns().indexOf(column)))
                .toList();
        readings.clear();
        return values;
    }
}
