package dev.tributary.model;

/**
 * One input of the model: its column name, its unit (may be empty), the closed range of valid raw values (infinite
 * bounds mean unbounded), and whether a reading without it is refused.
 */
public record Feature(String name, String unit, double minimum, double maximum, boolean required) {
    public Feature {
        if (name.isBlank()) {
            throw new IllegalArgumentException("feature name must not be blank");
        }
        if (!(minimum <= maximum)) {
            throw new IllegalArgumentException(
                    "feature " + name + ": minimum must be <= maximum, was " + minimum + " and " + maximum);
        }
    }

    /** An optional feature without unit and without bounds. */
    public static Feature unbounded(String name) {
        return new Feature(name, "", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
    }

    /** Whether a raw value lies in the valid range; NaN (missing) does not. */
    public boolean accepts(double value) {
        return value >= minimum && value <= maximum && Double.isFinite(value);
    }
}
