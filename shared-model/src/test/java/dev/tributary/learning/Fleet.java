package dev.tributary.learning;

import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Schemas, plans and random rows for tests; feature names sort as they are numbered. */
final class Fleet {
    private Fleet() {}

    /** A schema whose standardiser changes nothing. */
    static ModelSchema schema(Task task, int features, int outputs) {
        boolean regression = task == Task.REGRESSION;
        return new ModelSchema(
                1,
                task,
                IntStream.range(0, features)
                        .mapToObj(j -> Feature.unbounded(String.format("f%03d", j)))
                        .toList(),
                IntStream.range(0, outputs).mapToObj(k -> "out" + k).toList(),
                java.util.Optional.of(new Standardiser(
                        Vector.zeros(features),
                        ones(features),
                        Vector.zeros(regression ? outputs : 0),
                        ones(regression ? outputs : 0))),
                1e6);
    }

    /** The same schema for a perceptron. */
    static ModelSchema perceptron(Task task, int features, int outputs, int hiddenUnits) {
        ModelSchema linear = schema(task, features, outputs);
        return new ModelSchema(
                linear.revision(),
                task,
                linear.features(),
                linear.outputs(),
                linear.standardiser(),
                linear.featureClip(),
                linear.normalization(),
                new Architecture.Perceptron(hiddenUnits));
    }

    static Vector ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return Vector.of(ones);
    }

    /** Rows whose values are exact in float32; labels and values depend on the features, with noise. */
    static List<Examples.RawExample> rows(ModelSchema schema, int count, long seed) {
        Random random = new Random(seed);
        int features = schema.features().size();
        int outputs = schema.outputs().size();
        List<Examples.RawExample> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] x = new double[features];
            for (int j = 0; j < features; j++) {
                x[j] = (float) random.nextGaussian();
            }
            double[] y = new double[schema.task() == Task.REGRESSION ? outputs : 1];
            if (schema.task() == Task.REGRESSION) {
                for (int k = 0; k < outputs; k++) {
                    y[k] = (float) (x[k % features] - 0.5 * x[(k + 1) % features] + 0.3 * random.nextGaussian());
                }
            } else {
                y[0] = Math.floorMod((int) Math.floor(x[0] * 2 + x[1] + 0.3 * random.nextGaussian()), outputs);
            }
            rows.add(new Examples.RawExample(x, y));
        }
        return rows;
    }

    static Examples examples(ModelSchema schema, int count, long seed) {
        return Examples.standardised(schema, rows(schema, count, seed));
    }

    static Weights start(ModelSchema schema, long seed) {
        Random random = new Random(seed);
        return new Weights(
                schema.layout(),
                Vector.of(random.doubles(schema.layout().size(), -0.5, 0.5).toArray()));
    }

    static TrainingPlan plan(
            TrainingPlan.Objective objective, TrainingPlan.LocalOptimizer optimizer, int epochs, int batchSize) {
        return new TrainingPlan(epochs, batchSize, optimizer, 0.9, objective, Double.POSITIVE_INFINITY, 1);
    }
}
