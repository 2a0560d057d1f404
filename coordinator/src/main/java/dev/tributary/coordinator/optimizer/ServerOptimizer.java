package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;

/** Turns a round's mean delta into the next global weights; the same arguments give the same result. */
public interface ServerOptimizer {
    /** Its name, as in a plan and in {@link OptimizerState#optimizer}. */
    String name();

    /** The state before the first step, for this many weights. */
    OptimizerState initial(int length);

    /**
     * One step. The next weights are rounded to float32, as they are published: coordinator and devices go on from the
     * same numbers.
     *
     * @param state of this optimiser
     * @throws ArithmeticException when a weight would not be finite
     */
    Step step(Weights current, Vector meanDelta, OptimizerState state);

    /** The weights after a step, and the state to go on with. */
    record Step(Weights weights, OptimizerState state) {}
}
