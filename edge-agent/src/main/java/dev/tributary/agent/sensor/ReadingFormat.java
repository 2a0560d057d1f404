package dev.tributary.agent.sensor;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which fields of a source are special; the rest are numbers. Immutable.
 *
 * @param target the field whose text is the label; if it holds a number it is a column too
 * @param time the field that says when; empty when readings have no time
 */
public record ReadingFormat(String target, Optional<String> time) {
    /** The names of the number columns of a record with these fields. */
    public Columns columns(List<String> fields) {
        return new Columns(fields.stream()
                .filter(field -> !time.equals(Optional.of(field)))
                .toList());
    }

    /**
     * The reading of a record.
     *
     * @param columns of {@link #columns} for these fields
     * @param values the texts of the fields, in the same order
     */
    public Reading reading(Columns columns, List<String> fields, List<String> values, String position) {
        List<Double> numbers = new ArrayList<>(fields.size());
        Map<String, BadReading> flaws = new HashMap<>();
        Optional<String> label = Optional.empty();
        Optional<Instant> moment = Optional.empty();
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            String text = values.get(i);
            if (time.equals(Optional.of(field))) {
                moment = TimeText.parse(text);
                if (moment.isEmpty()) {
                    flaws.put(field, text.isBlank() ? BadReading.MISSING_FIELD : BadReading.UNREADABLE);
                }
                continue;
            }
            FieldText number = FieldText.of(text);
            numbers.add(number.value());
            if (field.equals(target)) {
                label = text.isBlank() ? Optional.empty() : Optional.of(text.strip());
            }
            number.flaw().ifPresent(flaw -> flaws.put(field, flaw));
        }
        double[] row = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        return new Reading(Row.of(columns, row, label), flaws, moment, position);
    }
}
