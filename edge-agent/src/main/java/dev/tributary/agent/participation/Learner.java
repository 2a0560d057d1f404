package dev.tributary.agent.participation;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Codecs;
import dev.tributary.learning.DescentTrainer;
import dev.tributary.learning.LocalTrainer;
import dev.tributary.learning.Predictor;
import dev.tributary.learning.Predictors;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.Encoding;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a device learns and predicts with.
 *
 * @param codecs the codec of an encoding, empty when it is not known
 */
record Learner(
        LocalTrainer trainer, Function<GlobalModel, Predictor> predictors, Function<Encoding, Optional<Codec>> codecs) {
    /** What this version knows: models of every architecture. */
    static Learner ofThisVersion() {
        return new Learner(new DescentTrainer(), Predictors::of, Codecs::of);
    }

    /** The same with the trainer that comes of this one. */
    Learner trainedBy(UnaryOperator<LocalTrainer> change) {
        return new Learner(change.apply(trainer), predictors, codecs);
    }

    Codec codec(int id) {
        return codecs.apply(Encoding.of(id))
                .orElseThrow(() -> new IllegalStateException("encoding " + id + " must be known"));
    }
}
