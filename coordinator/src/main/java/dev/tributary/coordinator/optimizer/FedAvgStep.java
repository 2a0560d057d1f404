package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.List;

/** The plain step {@code x + Δ̄} (McMahan et al. 2017); it counts its steps and remembers nothing else. */
public record FedAvgStep() implements ServerOptimizer {
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
        double[] next = current.values().plus(meanDelta).toArray();
        return new Step(
                Published.weights(current.layout(), next), new OptimizerState(name(), state.steps() + 1, List.of()));
    }
}
