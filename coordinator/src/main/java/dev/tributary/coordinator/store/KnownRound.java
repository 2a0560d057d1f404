package dev.tributary.coordinator.store;

import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.Optional;

/**
 * A round, open or closed.
 *
 * @param deadline when it closes at the latest
 * @param closed its record; empty while it is open
 */
public record KnownRound(
        RoundAnnouncement announcement, Instant openedAt, Instant deadline, Optional<RoundRecord> closed) {
    /** Its number and attempt. */
    public RoundId id() {
        return announcement.round();
    }
}
