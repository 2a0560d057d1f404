package dev.tributary.coordinator.store;

import dev.tributary.model.GlobalModel;
import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A committed model version and where it comes from.
 *
 * @param baseVersion the version that it was made from; empty for the first
 * @param round the round that made it
 */
public record ModelVersion(GlobalModel model, OptionalLong baseVersion, RoundId round, Instant committedAt) {}
