package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;

/**
 * FedAdagrad: {@code v ← v + Δ̄²} (Reddi et al. 2021).
 *
 * @param learningRate η, > 0
 */
public record FedAdagrad(double learningRate) implements ServerOptimizer {
    public FedAdagrad {
        Ranges.learningRate(learningRate);
    }

    @Override
    public String name() {
        return "fedadagrad";
    }

    @Override
    public OptimizerState initial(int length) {
        return Moments.initial(name(), length);
    }

    @Override
    public Step step(Weights current, Vector meanDelta, OptimizerState state) {
        return Moments.step(learningRate, (v, square) -> v + square, current, meanDelta, state);
    }
}
