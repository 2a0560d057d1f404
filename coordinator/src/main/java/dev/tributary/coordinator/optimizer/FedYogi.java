package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;

/**
 * FedYogi: {@code v ← v − (1−β2)Δ̄²·sign(v − Δ̄²)} (Reddi et al. 2021).
 *
 * @param learningRate η, > 0
 */
public record FedYogi(double learningRate) implements ServerOptimizer {
    public FedYogi {
        Ranges.learningRate(learningRate);
    }

    @Override
    public String name() {
        return "fedyogi";
    }

    @Override
    public OptimizerState initial(int length) {
        return Moments.initial(name(), length);
    }

    @Override
    public Step step(Weights current, Vector meanDelta, OptimizerState state) {
        return Moments.step(
                learningRate,
                (v, square) -> v - (1 - Moments.SECOND_DECAY) * square * Math.signum(v - square),
                current,
                meanDelta,
                state);
    }
}
