package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;

/**
 * FedAdam: {@code v ← β2·v + (1−β2)Δ̄²} (Reddi et al. 2021).
 *
 * @param learningRate η, > 0
 */
public record FedAdam(double learningRate) implements ServerOptimizer {
    public FedAdam {
        Ranges.learningRate(learningRate);
    }

    @Override
    public String name() {
        return "fedadam";
    }

    @Override
    public OptimizerState initial(int length) {
        return Moments.initial(name(), length);
    }

    @Override
    public Step step(Weights current, Vector meanDelta, OptimizerState state) {
        return Moments.step(
                learningRate,
                (v, square) -> Moments.SECOND_DECAY * v + (1 - Moments.SECOND_DECAY) * square,
                current,
                meanDelta,
                state);
    }
}
