package dev.tributary.agent.sensor;

import dev.tributary.agent.examples.Row;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a sensor said at one moment.
 *
 * @param row the numbers by name, NaN where a field is missing or flawed, and the target's text as label
 * @param flaws the fields whose text is no finite number, and how
 * @param position where the source goes on after this reading, in its own notation; may be empty
 */
public record Reading(Row row, Map<String, BadReading> flaws, Optional<Instant> time, String position) {
    public Reading {
        flaws = Map.copyOf(flaws);
    }
}
