package dev.tributary.demo.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them, the same in every locale. */
public final class Show {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Show() {}

    /** Bytes with a decimal unit: 999 B, 1.0 kB, 3.4 MB. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** A metric with four significant digits, or a dash. */
    public static String metric(OptionalDouble value) {
        if (value.isEmpty()) {
            return "-";
        }
        double number = value.getAsDouble();
        double size = Math.abs(number);
        if (size >= 1e7 || (size > 0 && size < 1e-4)) {
            return String.format(Locale.ROOT, "%.3e", number);
        }
        int decimals = size < 10 ? 4 : size < 100 ? 3 : size < 1000 ? 2 : 1;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    /** Seconds with one decimal. */
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }

    /** {@code 1 device}, {@code 2 devices}. */
    public static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
