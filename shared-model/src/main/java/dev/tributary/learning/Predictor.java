package dev.tributary.learning;

import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Vector;
import java.util.List;

/** Applies one model version to raw readings; immutable and safe for use by many threads. */
public interface Predictor {
    /** The model that this applies. */
    GlobalModel model();

    /**
     * For classification softmax scores of the K labels, for regression K values in real units; {@code raw} has D
     * values in schema order, NaN for missing.
     */
    Vector predict(double[] raw);

    /** One device's evaluation of the model on these raw rows; the loss is log loss, or squared standardised error. */
    Evaluation evaluate(List<Examples.RawExample> rows);
}
