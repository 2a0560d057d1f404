package dev.tributary.agent.participation;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Codecs;
import dev.tributary.learning.LinearPredictor;
import dev.tributary.learning.LinearTrainer;
import dev.tributary.learning.LocalTrainer;
import dev.tributary.learning.Predictor;
import dev.tributary.model.GlobalModel;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What a device learns and predicts with.
 *
 * @param codecs the encoding with this id, empty when it is not known
 */
record Learner(LocalTrainer trainer, Function<GlobalModel, Predictor> predictors, IntFunction<Optional<Codec>> codecs) {
    /** The id of the encoding of moments and evaluations. */
    static final int FLOAT64 = 3;

    /** The linear models of this version. */
    static Learner linear() {
        return new Learner(new LinearTrainer(), LinearPredictor::of, Codecs::byId);
    }

    Codec float64() {
        return codecs.apply(FLOAT64).orElseThrow(() -> new IllegalStateException("encoding float64 must be known"));
    }
}
