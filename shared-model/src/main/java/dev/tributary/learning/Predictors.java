package dev.tributary.learning;

import dev.tributary.model.GlobalModel;

/** Where predictors come from. */
public final class Predictors {
    private Predictors() {}

    /** The predictor of this model, of whatever architecture; its schema must have a standardiser. */
    public static Predictor of(GlobalModel model) {
        return new ModelPredictor(model);
    }
}
