package dev.tributary.learning;

import dev.tributary.model.Vector;

/** How local training ended. */
public sealed interface TrainingOutcome {
    /**
     * It gave a finite delta.
     *
     * @param delta local − global, d coordinates
     * @param exampleCount the examples trained on
     * @param correct how many of them the trained model classifies right; 0 for regression
     * @param loss the summed objective over them under the global weights, before training
     */
    record Trained(Vector delta, int exampleCount, long correct, double loss) implements TrainingOutcome {}

    /** The weights stopped being finite; nothing may be sent. */
    record Diverged(String reason) implements TrainingOutcome {}
}
