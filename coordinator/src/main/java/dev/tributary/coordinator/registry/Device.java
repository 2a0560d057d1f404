package dev.tributary.coordinator.registry;

import dev.tributary.protocol.Presence.Role;
import dev.tributary.update.DeviceId;

/**
 * What is known of one device in one federation.
 *
 * @param exampleCount the examples it says it holds
 * @param statisticsRejected whether its statistics lie too far from the fleet's, so that it takes no part
 */
public record Device(DeviceId id, Role role, long exampleCount, boolean online, boolean statisticsRejected) {
    /** Whether it may contribute to statistics and training. */
    public boolean trains() {
        return role == Role.TRAINER && !statisticsRejected;
    }

    /** Whether it may contribute to evaluation. */
    public boolean evaluates() {
        return !statisticsRejected;
    }

    Device withOnline(boolean nowOnline) {
        return new Device(id, role, exampleCount, nowOnline, statisticsRejected);
    }

    Device withStatisticsRejected(boolean rejected) {
        return new Device(id, role, exampleCount, online, rejected);
    }
}
