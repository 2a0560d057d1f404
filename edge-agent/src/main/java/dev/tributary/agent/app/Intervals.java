package dev.tributary.agent.app;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a length of time from the command line: {@code 250ms}, {@code 5s}, {@code 2m}. */
final class Intervals {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(ms|s|m)");

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

    /** The shortest way to write a time: 10m, 1500ms. */
    static String text(Duration time) {
        long millis = time.toMillis();
        if (millis % 60_000 == 0 && millis != 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
}
