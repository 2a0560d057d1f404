package dev.tributary.coordinator.registry;

import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.DeviceId;
import java.time.Instant;

/**
 * What is known of one device in one federation.
 *
 * @param exampleCount the examples it says it holds
 * @param statisticsRejected whether its statistics lie too far from the fleet's, so that it takes no part
 * @param statusSince when it came, fell asleep or went away
 */
public record Device(
        DeviceId id, Role role, long exampleCount, Status status, boolean statisticsRejected, Instant statusSince) {
    /** Whether it can be reached now. */
    public boolean online() {
        return status == Status.ONLINE;
    }

    /** Whether it may contribute to statistics and training. */
    public boolean trains() {
        return role == Role.TRAINER && !statisticsRejected;
    }

    /** Whether it may contribute to evaluation. */
    public boolean evaluates() {
        return !statisticsRejected;
    }

    Device withStatus(Status next, Instant now) {
        return next == status ? this : new Device(id, role, exampleCount, next, statisticsRejected, now);
    }

    Device withStatisticsRejected(boolean rejected) {
        return new Device(id, role, exampleCount, status, rejected, statusSince);
    }
}
