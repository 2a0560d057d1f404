package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;

/** Turns a round's mean delta into the next global weights. */
public interface ServerOptimizer {
    /**
     * The next weights, each rounded to float32, as they are published: coordinator and devices go on from the same
     * numbers.
     *
     * @throws ArithmeticException when a weight would not be finite
     */
    Weights step(Weights current, Vector meanDelta);
}
