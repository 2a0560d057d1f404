package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;

/** The plain step {@code x + Δ̄} (McMahan et al. 2017); it has no state. */
public record FedAvgStep() implements ServerOptimizer {
    @Override
    public Weights step(Weights current, Vector meanDelta) {
        Vector next = current.values().plus(meanDelta).roundedToFloat32();
        if (!next.isFinite()) {
            throw new ArithmeticException("weights must be finite after the step");
        }
        return new Weights(current.layout(), next);
    }
}
