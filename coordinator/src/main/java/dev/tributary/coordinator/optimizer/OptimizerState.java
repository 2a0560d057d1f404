package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import java.util.List;

/**
 * What an optimiser remembers from step to step; it is made durable with the version that the step gave.
 *
 * @param optimizer whose state it is
 * @param steps taken so far
 * @param moments vectors of the weights' length, in the optimiser's own order
 */
public record OptimizerState(String optimizer, long steps, List<Vector> moments) {
    public OptimizerState {
        moments = List.copyOf(moments);
    }
}
