package dev.tributary.protocol;

import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A device's word about itself, or its will's; retained.
 *
 * @param returnsAfter when a device that sleeps means to return, in whole seconds from when it said so
 */
public record Presence(
        DeviceId device,
        Status status,
        String agentVersion,
        List<Membership> memberships,
        Optional<Duration> returnsAfter) {
    /** Whether the device can be reached. */
    public enum Status {
        /** Connected. */
        ONLINE,
        /** Left by itself, to return. */
        SLEEPING,
        /** Stopped, or lost. */
        OFFLINE
    }

    /** What a device does in a federation. */
    public enum Role {
        /** Contributes to statistics, training and evaluation. */
        TRAINER,
        /** Contributes to evaluation alone, as a new device. */
        EVALUATOR
    }

    /** One federation that the device is in, and how many examples it holds for it. */
    public record Membership(FederationId federation, Role role, long exampleCount) {}

    public Presence {
        memberships = List.copyOf(memberships);
        if (returnsAfter.filter(duration -> duration.toSeconds() < 1).isPresent()) {
            throw new IllegalArgumentException("returnsAfter must be >= 1 s, was " + returnsAfter.get());
        }
    }

    /** A device that does not say when it returns. */
    public Presence(DeviceId device, Status status, String agentVersion, List<Membership> memberships) {
        this(device, status, agentVersion, memberships, Optional.empty());
    }
}
