package dev.tributary.agent.sensor;

import dev.tributary.agent.examples.Columns;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import java.time.Instant;
import java.util.Optional;

/** Finds what is wrong with a reading; remembers the last good time. Used by one thread. */
public final class ReadingCheck {
    private final Optional<String> timeField;
    private Optional<Instant> last = Optional.empty();

    /** A check of readings whose time is in this field. */
    public ReadingCheck(Optional<String> timeField) {
        this.timeField = timeField;
    }

    /** What forbids the reading in every federation: its time. */
    public Optional<BadReading> time(Reading reading) {
        Optional<BadReading> flaw = timeField.map(reading.flaws()::get);
        if (flaw.isPresent()) {
            return flaw;
        }
        if (reading.time().isPresent()) {
            if (last.isPresent() && reading.time().get().isBefore(last.get())) {
                return Optional.of(BadReading.CLOCK_WENT_BACK);
            }
            last = reading.time();
        }
        return Optional.empty();
    }

    /** What forbids the reading as an input of this schema's model. */
    public static Optional<BadReading> features(Reading reading, ModelSchema schema) {
        Columns columns = reading.row().columns();
        for (Feature feature : schema.features()) {
            BadReading flaw = reading.flaws().get(feature.name());
            if (flaw != null) {
                return Optional.of(flaw);
            }
            int column = columns.indexOf(feature.name());
            double value = column < 0 ? Double.NaN : reading.row().value(column);
            if (Double.isNaN(value)) {
                if (feature.required()) {
                    return Optional.of(BadReading.MISSING_FIELD);
                }
            } else if (!feature.accepts(value)) {
                return Optional.of(BadReading.OUT_OF_RANGE);
            }
        }
        return Optional.empty();
    }

    /** What forbids the reading as an example of this schema, apart from its features; a missing target is none. */
    public static Optional<BadReading> target(Reading reading, ModelSchema schema) {
        if (schema.task() == Task.CLASSIFICATION) {
            return reading.row()
                    .label()
                    .filter(label -> !schema.outputs().contains(label))
                    .map(label -> BadReading.UNKNOWN_LABEL);
        }
        return schema.outputs().stream()
                .flatMap(output -> Optional.ofNullable(reading.flaws().get(output)).stream())
                .findFirst();
    }

    /** Whether the reading has all that this schema predicts. */
    public static boolean isLabelled(Reading reading, ModelSchema schema) {
        if (schema.task() == Task.CLASSIFICATION) {
            return reading.row().label().isPresent();
        }
        Columns columns = reading.row().columns();
        return schema.outputs().stream()
                .mapToInt(columns::indexOf)
                .allMatch(column -> column >= 0 && !Double.isNaN(reading.row().value(column)));
    }
}
