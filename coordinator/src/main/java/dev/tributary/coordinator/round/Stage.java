package dev.tributary.coordinator.round;

import java.time.Instant;

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

    /** The federation ended. */
    record Finished() implements Stage {}
}
