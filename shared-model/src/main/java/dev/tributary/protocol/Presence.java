package dev.tributary.protocol;

import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.util.List;

/** A device's word about itself, or its will's; retained. */
public record Presence(DeviceId device, Status status, String agentVersion, List<Membership> memberships) {
    /** Whether the device can be reached. */
    public enum Status {
        ONLINE,
        SLEEPING,
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
    }
}
