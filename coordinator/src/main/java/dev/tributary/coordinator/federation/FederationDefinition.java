package dev.tributary.coordinator.federation;

import dev.tributary.coordinator.optimizer.FedAvgStep;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.Encoding;
import dev.tributary.update.FederationId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One federation: a population and a task.
 *
 * @param schema revision 0, without a standardiser
 * @param encoding of the deltas, with its parameters
 * @param aggregation of a round's deltas
 * @param serverOptimizer the step from a round's mean delta to the next weights
 * @param initialModel to begin with instead of zeros, or a perceptron's drawn weights
 * @param seed of nonces and first weights, for runs that can be repeated; random without
 * @param modelEncoding of the differences between versions; {@link Encoding#NONE} to publish full models alone
 * @param budget what devices may send and receive; empty for as much as it takes
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
        Optional<InitialModel> initialModel,
        OptionalLong seed,
        Encoding modelEncoding,
        Optional<Budget> budget) {
    /** A federation that publishes full models alone. */
    public FederationDefinition(
            FederationId id,
            ModelSchema schema,
            TrainingPlan plan,
            LearningRate learningRate,
            Encoding encoding,
            Aggregation aggregation,
            ServerOptimizer serverOptimizer,
            RoundPlan rounds,
            Optional<InitialModel> initialModel,
            OptionalLong seed) {
        this(
                id,
                schema,
                plan,
                learningRate,
                encoding,
                aggregation,
                serverOptimizer,
                rounds,
                initialModel,
                seed,
                Encoding.NONE,
                Optional.empty());
    }

    /** A federation with FedAvg whose encoding, a codec id, has no parameters. */
    public FederationDefinition(
            FederationId id,
            ModelSchema schema,
            TrainingPlan plan,
            LearningRate learningRate,
            int encoding,
            RoundPlan rounds,
            Optional<InitialModel> initialModel,
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

    /** The same, which publishes its versions as differences in this encoding too. */
    public FederationDefinition withModelEncoding(Encoding other) {
        return new FederationDefinition(
                id,
                schema,
                plan,
                learningRate,
                encoding,
                aggregation,
                serverOptimizer,
                rounds,
                initialModel,
                seed,
                other,
                budget);
    }

    public FederationDefinition {
        if (plan.objective().task() != schema.task()) {
            throw new IllegalArgumentException("objective must fit the task "
                    + schema.task().name() + ", was " + plan.objective().name());
        }
        if (modelEncoding.id() != Encoding.NONE.id() && plan.solver() == TrainingPlan.Solver.EXACT) {
            throw new IllegalArgumentException(
                    "modelEncoding must be none for the exact solver, was encoding " + modelEncoding.id());
        }
        if (schema.standardiser().isPresent() || schema.revision() != 0) {
            throw new IllegalArgumentException("schema must be revision 0 without a standardiser");
        }
    }
}
