package dev.tributary.coordinator.store;

import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model version without its weights.
 *
 * @param revision of its schema
 * @param baseVersion the version that it was made from, the newest before it; empty for the first
 * @param restoredFrom the version whose weights it has again, after a roll-back; empty for a trained one
 * @param round the round that made it; empty after a roll-back
 */
public record VersionRecord(
        long version,
        int revision,
        OptionalLong baseVersion,
        OptionalLong restoredFrom,
        Optional<RoundId> round,
        Instant committedAt) {
    /** What is told of this version. */
    public static VersionRecord of(ModelVersion version) {
        return new VersionRecord(
                version.model().version(),
                version.model().schema().revision(),
                version.baseVersion(),
                version.restoredFrom(),
                version.round(),
                version.committedAt());
    }

    /** The version whose weights these were or were trained from; empty for the first. */
    public OptionalLong parent() {
        return restoredFrom.isPresent() ? restoredFrom : baseVersion;
    }
}
