package dev.tributary.coordinator.store;

import dev.tributary.model.GlobalModel;
import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A committed model version and where it comes from.
 *
 * @param baseVersion the version that it was made from, the newest before it; empty for the first
 * @param restoredFrom the version whose weights it has again, after a roll-back; empty for a trained one
 * @param round the round that made it; empty after a roll-back
 */
public record ModelVersion(
        GlobalModel model,
        OptionalLong baseVersion,
        OptionalLong restoredFrom,
        Optional<RoundId> round,
        Instant committedAt) {}
