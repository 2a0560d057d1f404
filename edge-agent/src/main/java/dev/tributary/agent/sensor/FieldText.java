package dev.tributary.agent.sensor;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of one field as a number.
 *
 * @param value NaN when it is missing or flawed
 * @param flaw why it is no finite number; empty for a number and for a missing one
 */
public record FieldText(double value, Optional<BadReading> flaw) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final FieldText MISSING = new FieldText(Double.NaN, Optional.empty());

    /** Reads a field; empty, {@code NA}, {@code N/A} and {@code null} are missing. */
    public static FieldText of(String text) {
        String trimmed = text.strip();
        if (NUMBER.matcher(trimmed).matches()) {
            double value = Double.parseDouble(trimmed);
            return Double.isInfinite(value) ? flawed(BadReading.INFINITE) : new FieldText(value, Optional.empty());
        }
        return switch (trimmed.toLowerCase(Locale.ROOT)) {
            case "", "na", "n/a", "null" -> MISSING;
            case "nan", "+nan", "-nan" -> flawed(BadReading.NOT_A_NUMBER);
            case "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity" -> flawed(BadReading.INFINITE);
            default -> flawed(BadReading.TEXT_IN_NUMBER);
        };
    }

    private static FieldText flawed(BadReading why) {
        return new FieldText(Double.NaN, Optional.of(why));
    }

    /** Whether the field holds a finite number. */
    public boolean isNumber() {
        return !Double.isNaN(value);
    }
}
