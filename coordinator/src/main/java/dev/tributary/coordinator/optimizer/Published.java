package dev.tributary.coordinator.optimizer;

import dev.tributary.model.ParameterLayout;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;

/** Weights as they are published. */
final class Published {
    private Published() {}

    /** The weights as float32; throws {@link ArithmeticException} when one is not finite. */
    static Weights weights(ParameterLayout layout, double[] values) {
        Vector rounded = Vector.of(values).roundedToFloat32();
        if (!rounded.isFinite()) {
            throw new ArithmeticException("weights must be finite after the step");
        }
        return new Weights(layout, rounded);
    }
}
