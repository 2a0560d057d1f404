package dev.tributary.coordinator.federation;

import dev.tributary.coordinator.optimizer.FedAvgStep;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.Encoding;
import dev.tributary.update.FederationId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One federation: a population and a task.
 *
 * @param schema revision 0, without a standardiser
 * @param encoding of the deltas, with its parameters
 * @param aggregation of a round's deltas
 * @param serverOptimizer the step from a round's mean delta to the next weights
 * @param initialModel a Tribuo model to begin with, of a linear model
 * @param seed of nonces and first weights, for runs that can be repeated; random without
 */
public record FederationDefinition(
        FederationId id,
        ModelSchema schema,
        TrainingPlan plan,
        LearningRate learningRate,
        Encoding encoding,
        Aggregation aggregation,
        ServerOptimizer serverOptimizer,
        RoundPlan rounds,
        Optional<Path> initialModel,
        OptionalLong seed) {
    /** A federation with FedAvg whose encoding, a codec id, has no parameters. */
    public FederationDefinition(
            FederationId id,
            ModelSchema schema,
            TrainingPlan plan,
            LearningRate learningRate,
            int encoding,
            RoundPlan rounds,
            Optional<Path> initialModel,
            OptionalLong seed) {
        this(
                id,
                schema,
                plan,
                learningRate,
                Encoding.of(encoding),
                Aggregation.MEAN,
                new FedAvgStep(),
                rounds,
                initialModel,
                seed);
    }

    public FederationDefinition {
        if (plan.objective().task() != schema.task()) {
            throw new IllegalArgumentException("objective must fit the task "
                    + schema.task().name() + ", was " + plan.objective().name());
        }
        if (schema.standardiser().isPresent() || schema.revision() != 0) {
            throw new IllegalArgumentException("schema must be revision 0 without a standardiser");
        }
    }
}
