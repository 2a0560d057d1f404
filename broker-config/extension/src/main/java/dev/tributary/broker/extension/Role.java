package dev.tributary.broker.extension;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client is, by its client id. */
enum Role {
    /** Trains and publishes updates; its client id is its device id. */
    DEVICE,
    /** Runs rounds; its client id starts with {@code coordinator-}. */
    COORDINATOR,
    /** Reads everything and publishes nothing; its client id starts with {@code monitor-}. */
    MONITOR;

    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** A coordinator's or monitor's id is a prefix, a name and at most a shard. */
    private static final Pattern SERVICE_ID = Pattern.compile("(coordinator|monitor)-[A-Za-z0-9._-]{1,100}");

    /** The role that a client id stands for; empty if it breaks the syntax. */
    static Optional<Role> of(String clientId) {
        if (SERVICE_ID.matcher(clientId).matches()) {
            return Optional.of(clientId.startsWith("monitor-") ? MONITOR : COORDINATOR);
        }
        boolean reserved = clientId.startsWith("coordinator-") || clientId.startsWith("monitor-");
        boolean dots = clientId.equals(".") || clientId.equals("..");
        return DEVICE_ID.matcher(clientId).matches() && !reserved && !dots ? Optional.of(DEVICE) : Optional.empty();
    }

    /** The role as a metric's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
