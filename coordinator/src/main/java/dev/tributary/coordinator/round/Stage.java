package dev.tributary.coordinator.round;

import java.time.Instant;
import java.util.Optional;

/** Where a federation stands. */
public sealed interface Stage {
    /** Not enough devices are online; {@code needed} are. */
    record Waiting(int needed) implements Stage {}

    /** A round is open. */
    record Open(OpenRound round) implements Stage {}

    /** A round closed with enough contributions, which are now being made the next state of the model. */
    record Committing(OpenRound round) implements Stage {}

    /** A round failed too often; it is tried anew at {@code retryAt}, or when a device comes online. */
    record Stalled(Instant retryAt) implements Stage {}

    /** The plan's pace lets no round open before {@code until}. */
    record Resting(Instant until) implements Stage {}

    /** When a round may open again by time alone; empty where something else is waited for. */
    default Optional<Instant> opensAt() {
        if (this instanceof Resting resting) {
            return Optional.of(resting.until);
        }
        return this instanceof Stalled stalled ? Optional.of(stalled.retryAt) : Optional.empty();
    }

    /** The federation ended. */
    record Finished() implements Stage {}
}
