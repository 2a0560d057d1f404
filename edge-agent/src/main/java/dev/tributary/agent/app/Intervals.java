package dev.tributary.agent.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a length of time from the command line: {@code 250ms}, {@code 5s}, {@code 2m}. */
final class Intervals {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private static final List<Map.Entry<String, Duration>> UNITS = List.of(
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("s", Duration.ofSeconds(1)));

    private Intervals() {}

    static Duration parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a time such as 250ms, 5s or 2m, was \"" + text + "\"");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    /** A time in its largest unit: 7d, 10m, 1500ms. */
    static String text(Duration time) {
        if (time.isZero()) {
            return "0s";
        }
        return UNITS.stream()
                .filter(unit -> time.toMillis() % unit.getValue().toMillis() == 0)
                .findFirst()
                .map(unit -> time.toMillis() / unit.getValue().toMillis() + unit.getKey())
                .orElseGet(() -> time.toMillis() + "ms");
    }
}
