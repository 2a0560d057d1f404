package dev.tributary.coordinator.store;

import dev.tributary.protocol.RoundAnnouncement;
import java.time.Instant;
import java.util.Optional;

/**
 * One round as one device sees it.
 *
 * @param closed the round's record; empty while it is open
 * @param participation empty when the device was not selected
 */
public record DeviceRound(
        RoundAnnouncement announcement,
        Instant openedAt,
        Optional<RoundRecord> closed,
        Optional<Participation> participation) {}
