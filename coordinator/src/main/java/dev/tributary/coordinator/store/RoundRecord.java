package dev.tributary.coordinator.store;

import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A closed round.
 *
 * @param reason why it closed, or was abandoned
 * @param contributors in order of their ids; of a TRAIN round of an asynchronous federation the devices whose updates
 *     its version counts, each as often as it has one, and none of an abandoned one, whose updates wait for the next
 * @param loss the mean training loss; only of a committed TRAIN or SOLVE round
 * @param bytesUp PUBLISH packets of TRAIN or SOLVE updates received
 * @param bytesUpFloat32 what they would have measured with float32 vectors
 */
public record RoundRecord(
        FederationId federation,
        RoundId id,
        RoundKind kind,
        long baseVersion,
        boolean committed,
        String reason,
        Instant openedAt,
        Instant closedAt,
        List<DeviceId> contributors,
        int selected,
        int declined,
        int rejected,
        OptionalDouble loss,
        long bytesUp,
        long bytesUpFloat32) {
    public RoundRecord {
        contributors = List.copyOf(contributors);
    }

    /** How long it was open. */
    public Duration duration() {
        return Duration.between(openedAt, closedAt);
    }
}
