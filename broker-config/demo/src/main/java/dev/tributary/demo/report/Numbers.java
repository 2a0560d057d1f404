package dev.tributary.demo.report;

import java.util.Locale;

/** Numbers as the screen shows them. */
public final class Numbers {
    private Numbers() {}

    /** A number with four significant decimals, or {@code –} when there is none. */
    public static String metric(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? String.format(Locale.ROOT, "%.4f", number.doubleValue())
                : "–";
    }

    /** A number of bytes in the unit that suits it. */
    public static String bytes(double bytes) {
        if (bytes < 1_000) {
            return String.format(Locale.ROOT, "%.0f B", bytes);
        }
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1_000);
        }
        return String.format(Locale.ROOT, "%.2f MB", bytes / 1_000_000);
    }

    /** A duration in seconds. */
    public static String seconds(Object value) {
        return value instanceof Number number ? String.format(Locale.ROOT, "%.1f", number.doubleValue()) : "–";
    }

    /** A number, or 0 when it is none. */
    public static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }
}
