package dev.tributary.protocol;

import dev.tributary.model.ModelSchema;
import dev.tributary.model.TrainingPlan;
import dev.tributary.update.FederationId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything about a federation that a device must know before a round; retained.
 *
 * @param majorityOutput the label that most examples of the fleet have, once statistics are known; for the baseline
 * @param shardCount how many update topics the fleet is spread over, ≥ 1
 * @param modelEncoding of the differences between versions; {@link Encoding#NONE} when full models alone are published
 * @param budget what a device may send and receive; empty for as much as it takes
 */
public record FederationSpec(
        FederationId federation,
        ModelSchema schema,
        TrainingPlan plan,
        OptionalInt majorityOutput,
        int shardCount,
        Encoding modelEncoding,
        Optional<ByteBudget> budget) {
    /** A specification of a federation that publishes full models alone. */
    public FederationSpec(
            FederationId federation,
            ModelSchema schema,
            TrainingPlan plan,
            OptionalInt majorityOutput,
            int shardCount) {
        this(federation, schema, plan, majorityOutput, shardCount, Encoding.NONE, Optional.empty());
    }

    /** The same, whose versions are published as differences in this encoding too. */
    public FederationSpec withModelEncoding(Encoding encoding) {
        return new FederationSpec(federation, schema, plan, majorityOutput, shardCount, encoding, budget);
    }

    /** The same, whose devices live within this budget. */
    public FederationSpec withBudget(ByteBudget other) {
        return new FederationSpec(
                federation, schema, plan, majorityOutput, shardCount, modelEncoding, Optional.of(other));
    }

    public FederationSpec {
        if (shardCount < 1) {
            throw new IllegalArgumentException("shardCount must be >= 1, was " + shardCount);
        }
        if (plan.objective().task() != schema.task()) {
            throw new IllegalArgumentException(
                    "objective must fit the task " + schema.task() + ", was " + plan.objective());
        }
    }
}
