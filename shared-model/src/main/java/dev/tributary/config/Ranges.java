package dev.tributary.config;

/** A closed range in words. */
final class Ranges {
    private Ranges() {}

    static String text(long minimum, long maximum) {
        if (maximum == Long.MAX_VALUE || maximum == Integer.MAX_VALUE) {
            return minimum == Long.MIN_VALUE ? "" : ">= " + minimum;
        }
        return "from " + minimum + " to " + maximum;
    }

    static String text(double minimum, double maximum) {
        if (Double.isInfinite(maximum) || maximum == Double.MAX_VALUE) {
            return Double.isInfinite(minimum) ? "" : ">= " + minimum;
        }
        return "from " + minimum + " to " + maximum;
    }
}
