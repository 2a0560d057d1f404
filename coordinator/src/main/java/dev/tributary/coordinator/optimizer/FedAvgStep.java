package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.List;

/**
 * The plain step {@code x + η·Δ̄} (McMahan et al. 2017, with η = 1; Nguyen et al. 2022); it counts its steps and remembers
 * nothing else.
 *
 * @param learningRate η, > 0
 */
public record FedAvgStep(double learningRate) implements ServerOptimizer {
    public FedAvgStep {
        Ranges.learningRate(learningRate);
    }

    /** The whole step. */
    public FedAvgStep() {
        this(1);
    }

    @Override
    public String name() {
        return "fedavg";
    }

    @Override
    public OptimizerState initial(int length) {
        return new OptimizerState(name(), 0, List.of());
    }

    @Override
    public Step step(Weights current, Vector meanDelta, OptimizerState state) {
        double[] next = current.values().toArray();
        for (int i = 0; i < next.length; i++) {
            next[i] += learningRate * meanDelta.get(i);
        }
        return new Step(
                Published.weights(current.layout(), next), new OptimizerState(name(), state.steps() + 1, List.of()));
    }
}
