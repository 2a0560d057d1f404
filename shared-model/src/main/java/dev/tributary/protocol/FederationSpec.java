package dev.tributary.protocol;

import dev.tributary.model.ModelSchema;
import dev.tributary.model.TrainingPlan;
import dev.tributary.update.FederationId;
import java.util.OptionalInt;

/**
 * Everything about a federation that a device must know before a round; retained.
 *
 * @param majorityOutput the label that most examples of the fleet have, once statistics are known; for the baseline
 * @param shardCount how many update topics the fleet is spread over, ≥ 1
 */
public record FederationSpec(
        FederationId federation, ModelSchema schema, TrainingPlan plan, OptionalInt majorityOutput, int shardCount) {
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
