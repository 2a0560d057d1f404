package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.List;

/**
 * Momentum: {@code m ← β·m + Δ̄; x ← x + η·m} (Hsu et al. 2019).
 *
 * @param learningRate η, > 0
 * @param momentum β, in [0, 1)
 */
public record FedAvgM(double learningRate, double momentum) implements ServerOptimizer {
    public FedAvgM {
        Ranges.learningRate(learningRate);
        Ranges.decay("momentum", momentum);
    }

    @Override
    public String name() {
        return "fedavgm";
    }

    @Override
    public OptimizerState initial(int length) {
        return new OptimizerState(name(), 0, List.of(Vector.zeros(length)));
    }

    @Override
    public Step step(Weights current, Vector meanDelta, OptimizerState state) {
        double[] m = state.moments().get(0).toArray();
        double[] next = current.values().toArray();
        for (int i = 0; i < m.length; i++) {
            m[i] = momentum * m[i] + meanDelta.get(i);
            next[i] += learningRate * m[i];
        }
        return new Step(
                Published.weights(current.layout(), next),
                new OptimizerState(name(), state.steps() + 1, List.of(Vector.of(m))));
    }
}
