package dev.tributary.agent.participation;

import dev.tributary.codec.Codecs;
import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.LocalTrainer;
import dev.tributary.learning.Predictor;
import dev.tributary.learning.TrainingOutcome;
import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Seed;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.update.EncodedVector;
import java.util.Arrays;
import java.util.List;

/** Training that moves every weight by 0.5, predictions of the mean of the weights, and the real encodings. */
final class FakeLearning implements LocalTrainer {
    int trainings;
    boolean diverges;
    Runnable meanwhile = () -> {};

    Learner learner() {
        return new Learner(this, FakePredictor::new, Codecs::of);
    }

    @Override
    public TrainingOutcome train(Weights global, Examples examples, TrainingPlan plan, double rate, Seed seed) {
        trainings++;
        meanwhile.run();
        if (diverges) {
            return new TrainingOutcome.Diverged("asked to");
        }
        double[] delta = new double[global.layout().size()];
        Arrays.fill(delta, 0.5);
        return new TrainingOutcome.Trained(Vector.of(delta), examples.count(), 0, 1.5);
    }

    private record FakePredictor(GlobalModel model) implements Predictor {
        @Override
        public Vector predict(double[] raw) {
            return Vector.of(model.weights().values().get(0));
        }

        @Override
        public Evaluation evaluate(List<RawExample> rows) {
            double[][] truth = rows.stream().map(RawExample::target).toArray(double[][]::new);
            double[] value = {model.weights().values().get(0)};
            double[][] predicted = rows.stream().map(row -> value).toArray(double[][]::new);
            return Evaluation.ofDevice(truth, predicted, 1, 0);
        }
    }

    /** The vector of {@code length} in these bytes. */
    static Vector decode(EncodedVector encoded, int length) {
        return Codecs.byId(encoded.encoding()).orElseThrow().decode(encoded.bytes(), length, new Seed(0));
    }
}
