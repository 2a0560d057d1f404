package dev.tributary.coordinator.registry;

import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.DeviceId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one device in one federation.
 *
 * @param exampleCount the examples it says it holds
 * @param statisticsRejected whether its statistics lie too far from the fleet's, so that it takes no part
 * @param statusSince when it came, fell asleep or went away
 * @param quarantine while a person wants it to take no part
 */
public record Device(
        DeviceId id,
        Role role,
        long exampleCount,
        Status status,
        boolean statisticsRejected,
        Instant statusSince,
        Optional<Quarantine> quarantine) {
    /** A device that is in no quarantine. */
    public Device(
            DeviceId id, Role role, long exampleCount, Status status, boolean statisticsRejected, Instant statusSince) {
        this(id, role, exampleCount, status, statisticsRejected, statusSince, Optional.empty());
    }

    /** Whether it can be reached now. */
    public boolean online() {
        return status == Status.ONLINE;
    }

    /** Whether it may contribute to statistics and training. */
    public boolean trains() {
        return role == Role.TRAINER && evaluates();
    }

    /** Whether it may contribute to evaluation. */
    public boolean evaluates() {
        return !statisticsRejected && quarantine.isEmpty();
    }

    Device withStatus(Status next, Instant now) {
        return next == status ? this : new Device(id, role, exampleCount, next, statisticsRejected, now, quarantine);
    }

    Device withStatisticsRejected(boolean rejected) {
        return new Device(id, role, exampleCount, status, rejected, statusSince, quarantine);
    }

    /** The same in this quarantine, or in none. */
    public Device withQuarantine(Optional<Quarantine> next) {
        return new Device(id, role, exampleCount, status, statisticsRejected, statusSince, next);
    }
}
