package dev.tributary.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.transform.TransformedModel;

class TribuoModelFileTest {
    @TempDir
    Path directory;

    /** The same weights over inputs and outputs that are standardised already. */
    private static GlobalModel standardised(GlobalModel model) {
        ModelSchema schema = model.schema();
        Standardiser standardiser = schema.standardiser().orElseThrow();
        double[] ones = new double[standardiser.featureMean().length()];
        Arrays.fill(ones, 1);
        double[] outputOnes = new double[standardiser.outputMean().length()];
        Arrays.fill(outputOnes, 1);
        Standardiser identity = new Standardiser(
                Vector.zeros(ones.length), Vector.of(ones), Vector.zeros(outputOnes.length), Vector.of(outputOnes));
        return new GlobalModel(
                0,
                new ModelSchema(1, schema.task(), schema.features(), schema.outputs(), Optional.of(identity), 1),
                model.weights());
    }

    private Path save(GlobalModel model) throws IOException {
        Path file = directory.resolve("initial.tribuo");
        TransformedModel<?> transformed = (TransformedModel<?>) new TribuoFile(standardised(model)).toTribuo();
        try (OutputStream out = Files.newOutputStream(file)) {
            transformed.getInnerModel().serializeToStream(out);
        }
        return file;
    }

    @Test
    void readWeights_linearModelOfTheSameNames_isMatchedByName() throws IOException {
        for (GlobalModel model : ExportedModels.linear()) {
            assertThat(TribuoModelFile.readWeights(save(model), model.schema())).isEqualTo(model.weights());
        }
    }

    @Test
    void readWeights_otherOrderOfNames_reordersTheWeights() throws IOException {
        ModelSchema ab = schema(Task.REGRESSION, List.of("a", "b"), List.of("x", "y"));
        ModelSchema ba = schema(Task.REGRESSION, List.of("b", "a"), List.of("y", "x"));
        Path file = save(new GlobalModel(0, ab, new Weights(ab.layout(), Vector.of(1, 2, 3, 4, 5, 6))));

        assertThat(TribuoModelFile.readWeights(file, ba).values()).isEqualTo(Vector.of(5, 4, 6, 2, 1, 3));
    }

    private static ModelSchema schema(Task task, List<String> features, List<String> outputs) {
        double[] ones = {1, 1};
        int values = task == Task.REGRESSION ? 2 : 0;
        return new ModelSchema(
                1,
                task,
                features.stream().map(Feature::unbounded).toList(),
                outputs,
                Optional.of(new Standardiser(
                        Vector.zeros(2),
                        Vector.of(ones),
                        Vector.zeros(values),
                        values == 0 ? Vector.zeros(0) : Vector.of(ones))),
                3);
    }

    @Test
    void readWeights_otherFeatures_areNamed() throws IOException {
        ModelSchema ab = schema(Task.CLASSIFICATION, List.of("a", "b"), List.of("x", "y"));
        ModelSchema ac = schema(Task.CLASSIFICATION, List.of("a", "c"), List.of("x", "y"));
        ModelSchema az = schema(Task.CLASSIFICATION, List.of("a", "b"), List.of("x", "z"));
        Path file = save(new GlobalModel(0, ab, Weights.zeros(ab.layout())));

        assertThatThrownBy(() -> TribuoModelFile.readWeights(file, ac))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": features must be the federation's 2; missing [c], unknown [b]");
        assertThatThrownBy(() -> TribuoModelFile.readWeights(file, az))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": outputs must be the federation's 2; missing [z], unknown [y]");
    }

    @Test
    void readWeights_otherTask_isRefused() throws IOException {
        Path file = save(ExportedModels.REGRESSION);
        assertThatThrownBy(() -> TribuoModelFile.readWeights(file, ExportedModels.CLASSIFIER.schema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model must be a org.tribuo.classification.sgd.linear.LinearSGDModel, was a "
                        + "org.tribuo.regression.sgd.linear.LinearSGDModel");
    }

    @Test
    void readWeights_forAPerceptron_isRefused() throws IOException {
        Path file = save(ExportedModels.CLASSIFIER);
        assertThatThrownBy(() -> TribuoModelFile.readWeights(file, ExportedModels.SOFTMAX.schema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": must not be given to a perceptron: it holds a linear model");
    }

    @Test
    void readWeights_ownExport_isRefusedBecauseItTakesRawReadings() throws IOException {
        Path file = directory.resolve("export.tribuo");
        Files.write(file, ExportedModels.write(ExportedModels.CLASSIFIER, ModelFormat.TRIBUO));
        assertThat(Model.deserializeFromFile(file)).isInstanceOf(TransformedModel.class);
        assertThatThrownBy(() -> TribuoModelFile.readWeights(file, ExportedModels.CLASSIFIER.schema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "was a org.tribuo.transform.TransformedModel; of a model that takes raw readings give its"
                                + " JSON export");
    }

    @Test
    void readWeights_noFileOrAnotherKindOfFile_isRefused() throws IOException {
        ModelSchema schema = ExportedModels.CLASSIFIER.schema();
        Path missing = directory.resolve("missing.tribuo");
        Path text = Files.writeString(directory.resolve("text.tribuo"), "not a model");
        Path empty = Files.writeString(directory.resolve("empty.tribuo"), "");
        for (Path file : List.of(missing, text, empty)) {
            assertThatThrownBy(() -> TribuoModelFile.readWeights(file, schema))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(file + ": must be a ");
        }
    }
}
