package dev.tributary.export;

import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Models to export, with names that neither sort as they are numbered nor are plain words, and raw rows for them. */
final class ExportedModels {
    static final GlobalModel CLASSIFIER = model(Task.CLASSIFICATION, List.of("walk", "Sit \"still\"", "jog", "a"), 3);
    static final GlobalModel REGRESSION = model(Task.REGRESSION, List.of("PM2.5"), 20);
    static final GlobalModel MULTI_OUTPUT = model(Task.REGRESSION, List.of("wind", "Gust", "10min", "é"), 20);
    static final GlobalModel UNCLIPPED = model(Task.REGRESSION, List.of("wind"), Double.POSITIVE_INFINITY);

    static final GlobalModel UNTOUCHED = with(
            model(Task.CLASSIFICATION, List.of("on", "off"), Double.POSITIVE_INFINITY),
            Normalization.NONE,
            Architecture.LINEAR);
    static final GlobalModel SIGMOID = perceptron(Task.CLASSIFICATION, List.of("good", "Bad \"one\""), 3);
    static final GlobalModel SOFTMAX = perceptron(Task.CLASSIFICATION, List.of("walk", "sit", "jog"), 3);
    static final GlobalModel CURVE = perceptron(Task.REGRESSION, List.of("wind", "Gust"), 20);
    static final GlobalModel UNCLIPPED_CURVE = perceptron(Task.REGRESSION, List.of("wind"), Double.POSITIVE_INFINITY);

    private ExportedModels() {}

    static List<GlobalModel> all() {
        List<GlobalModel> all = new ArrayList<>(linear());
        all.addAll(List.of(SIGMOID, SOFTMAX, CURVE, UNCLIPPED_CURVE));
        return all;
    }

    static List<GlobalModel> linear() {
        return List.of(CLASSIFIER, REGRESSION, MULTI_OUTPUT, UNCLIPPED, UNTOUCHED);
    }

    private static GlobalModel perceptron(Task task, List<String> outputs, double clip) {
        return with(model(task, outputs, clip), Normalization.GLOBAL, new Architecture.Perceptron(5));
    }

    /** The same model for another architecture and normalisation, with weights of its own. */
    static GlobalModel with(GlobalModel model, Normalization normalization, Architecture architecture) {
        ModelSchema schema = model.schema();
        Standardiser standardiser = schema.standardiser().orElseThrow();
        int features = schema.features().size();
        double[] ones = new double[features];
        Arrays.fill(ones, 1);
        ModelSchema other = new ModelSchema(
                1,
                schema.task(),
                schema.features(),
                schema.outputs(),
                Optional.of(
                        normalization == Normalization.NONE
                                ? new Standardiser(
                                        Vector.zeros(features),
                                        Vector.of(ones),
                                        standardiser.outputMean(),
                                        standardiser.outputScale())
                                : standardiser),
                schema.featureClip(),
                normalization,
                architecture);
        double[] weights = new Random(11).doubles(other.layout().size(), -1, 1).toArray();
        return new GlobalModel(17, other, new Weights(other.layout(), Vector.of(weights)));
    }

    private static GlobalModel model(Task task, List<String> outputs, double clip) {
        Random random = new Random(7);
        List<Feature> features = new ArrayList<>();
        double[] mean = new double[names().size()];
        double[] scale = new double[mean.length];
        for (int j = 0; j < mean.length; j++) {
            features.add(new Feature(names().get(j), "unit" + j, -1e9, Double.POSITIVE_INFINITY, j == 0));
            mean[j] = random.nextGaussian() * 10;
            scale[j] = 0.1 + random.nextDouble() * 5;
        }
        mean[6] = 1013.25;
        scale[6] = 0.25;
        int values = task == Task.REGRESSION ? outputs.size() : 0;
        Standardiser standardiser = new Standardiser(
                Vector.of(mean),
                Vector.of(scale),
                Vector.of(random.doubles(values, -50, 50).toArray()),
                Vector.of(random.doubles(values, 0.5, 80).toArray()));
        ModelSchema schema = new ModelSchema(1, task, features, outputs, Optional.of(standardiser), clip);
        return new GlobalModel(
                17,
                schema,
                new Weights(
                        schema.layout(),
                        Vector.of(random.doubles(schema.layout().size(), -1, 1).toArray())));
    }

    private static List<String> names() {
        return List.of("f2", "f10", "f1", "p.a+(b)", "Ünit µ", "const", "pressure hPa");
    }

    /** Raw rows, exact in float32: ordinary ones, and far outliers. */
    static List<double[]> rows(GlobalModel model) {
        Random random = new Random(3);
        Standardiser standardiser = model.schema().standardiser().orElseThrow();
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            double[] row = new double[standardiser.featureMean().length()];
            for (int j = 0; j < row.length; j++) {
                double deviations = random.nextGaussian() * (i % 5 == 0 ? 10 : 1);
                row[j] = (float) (standardiser.featureMean().get(j)
                        + deviations * standardiser.featureScale().get(j));
            }
            if (i % 7 == 0 && Double.isFinite(model.schema().featureClip())) {
                row[random.nextInt(row.length)] = i % 2 == 0 ? 1e6 : -1e6;
            }
            rows.add(row);
        }
        return rows;
    }

    /** The same rows with NaN here and there, and one of nothing else. */
    static List<double[]> rowsWithGaps(GlobalModel model) {
        Random random = new Random(5);
        List<double[]> rows = rows(model);
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.get(i).length; j++) {
                if (i == 0 || random.nextInt(4) == 0) {
                    rows.get(i)[j] = Double.NaN;
                }
            }
        }
        return rows;
    }

    static byte[] write(GlobalModel model, ModelFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelExport.write(model, format, out);
        return out.toByteArray();
    }
}
