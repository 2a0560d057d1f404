package dev.tributary.agent.participation;

import dev.tributary.codec.Codec;
import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.LocalTrainer;
import dev.tributary.learning.Predictor;
import dev.tributary.learning.TrainingOutcome;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Seed;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Training that moves every weight by 0.5, predictions of the mean of the weights, and one encoding for all. */
final class FakeLearning implements LocalTrainer {
    int trainings;
    boolean diverges;

    Learner learner() {
        return new Learner(this, FakePredictor::new, id -> id <= 3 ? Optional.of(new Doubles()) : Optional.empty());
    }

    @Override
    public TrainingOutcome train(Weights global, Examples examples, TrainingPlan plan, double rate, Seed seed) {
        trainings++;
        if (diverges) {
            return new TrainingOutcome.Diverged("asked to");
        }
        double[] delta = new double[global.layout().size()];
        java.util.Arrays.fill(delta, 0.5);
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

    /** Big-endian float64. */
    private static final class Doubles implements Codec {
        @Override
        public int id() {
            return 3;
        }

        @Override
        public String name() {
            return "doubles";
        }

        @Override
        public Bytes encode(Vector vector, Seed seed) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * vector.length());
            for (int i = 0; i < vector.length(); i++) {
                bytes.putDouble(vector.get(i));
            }
            return Bytes.of(bytes.array());
        }

        @Override
        public Vector decode(Bytes bytes, int length, Seed seed) {
            return doubles(bytes);
        }
    }

    static Vector doubles(Bytes bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toArray());
        double[] values = new double[bytes.size() / 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getDouble();
        }
        return Vector.of(values);
    }
}
