package dev.tributary.agent.simulate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which devices take no part in training and are evaluated as new ones: those at positions offset, offset + every, … of
 * the fleet, counted from 0.
 */
public record NewDevices(int every, int offset) {
    private static final Pattern SYNTAX = Pattern.compile("every:(\\d{1,6})(?:\\+(\\d{1,6}))?");

    public NewDevices {
        if (every < 2) {
            throw new IllegalArgumentException("every must be >= 2, was " + every + ": no device would train");
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset must be >= 0, was " + offset);
        }
    }

    /** The rule {@code every:K} or {@code every:K+OFFSET}. */
    public static NewDevices parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be every:K or every:K+OFFSET, was \"" + text + "\"");
        }
        int offset =
                Optional.ofNullable(matcher.group(2)).map(Integer::parseInt).orElse(0);
        return new NewDevices(Integer.parseInt(matcher.group(1)), offset);
    }

    /** Whether the device at this position of the fleet is a new one. */
    public boolean includes(int position) {
        return position >= offset && (position - offset) % every == 0;
    }
}
