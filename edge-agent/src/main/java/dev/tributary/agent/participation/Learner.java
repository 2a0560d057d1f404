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
import java.util.function.UnaryOperator;

/**
 * What a device learns and predicts with.
 *
 * @param codecs the encoding with this id, empty when it is not known
 */
record Learner(LocalTrainer trainer, Function<GlobalModel, Predictor> predictors, IntFunction<Optional<Codec>> codecs) {
    /** The linear models of this version. */
    static Learner linear() {
        return new Learner(new LinearTrainer(), LinearPredictor::of, Codecs::byId);
    }

    /** The same with the trainer that comes of this one. */
    Learner trainedBy(UnaryOperator<LocalTrainer> change) {
        return new Learner(change.apply(trainer), predictors, codecs);
    }

    Codec codec(int id) {
        return codecs.apply(id).orElseThrow(() -> new IllegalStateException("encoding " + id + " must be known"));
    }
}
