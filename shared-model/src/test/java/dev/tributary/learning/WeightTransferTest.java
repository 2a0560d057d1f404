package dev.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.model.WeightTransfer;
import dev.tributary.model.Weights;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link WeightTransfer}, seen from what the models predict. */
class WeightTransferTest {
    private static final double CLIP = 100;
    private static final Architecture PERCEPTRON = new Architecture.Perceptron(4);

    private static ModelSchema schema(
            Task task, List<String> features, List<String> outputs, Architecture architecture, int seed) {
        Random random = new Random(seed);
        int values = task == Task.REGRESSION ? outputs.size() : 0;
        Standardiser standardiser = new Standardiser(
                Vector.of(random.doubles(features.size(), -10, 10).toArray()),
                Vector.of(random.doubles(features.size(), 0.5, 5).toArray()),
                Vector.of(random.doubles(values, -10, 10).toArray()),
                Vector.of(random.doubles(values, 0.5, 5).toArray()));
        return new ModelSchema(
                1,
                task,
                features.stream().map(Feature::unbounded).toList(),
                outputs,
                Optional.of(standardiser),
                CLIP,
                Normalization.GLOBAL,
                architecture);
    }

    private static GlobalModel model(ModelSchema schema) {
        int length = schema.layout().size();
        return new GlobalModel(
                3,
                schema,
                new Weights(
                        schema.layout(),
                        Vector.of(new Random(9).doubles(length, -1, 1).toArray())));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void transfer_otherOrderAndStandardiser_predictsTheSame(int seed) {
        for (Architecture architecture : List.of(Architecture.LINEAR, PERCEPTRON)) {
            for (List<String> labels : List.of(List.of("A", "B", "C"), List.of("A", "B"))) {
                List<String> turned = labels.size() == 3 ? List.of("C", "A", "B") : List.of("B", "A");
                requireSamePredictions(
                        schema(Task.CLASSIFICATION, List.of("x", "y", "z"), labels, architecture, seed),
                        schema(Task.CLASSIFICATION, List.of("z", "x", "y"), turned, architecture, seed + 100));
                requireSamePredictions(
                        schema(Task.REGRESSION, List.of("x", "y", "z"), labels, architecture, seed),
                        schema(Task.REGRESSION, List.of("y", "z", "x"), turned, architecture, seed + 100));
            }
        }
    }

    private static void requireSamePredictions(ModelSchema from, ModelSchema to) {
        GlobalModel before = model(from);
        GlobalModel after = new GlobalModel(0, to, WeightTransfer.transfer(before, to));
        Random random = new Random(4);
        for (int row = 0; row < 20; row++) {
            double[] raw = random.doubles(3, -20, 20).toArray();
            double[] reordered = new double[3];
            for (int j = 0; j < 3; j++) {
                String name = to.features().get(j).name();
                reordered[j] = raw[names(from).indexOf(name)];
            }
            double[] wanted = scores(before, raw);
            double[] found = scores(after, reordered);
            for (int k = 0; k < to.outputs().size(); k++) {
                double expected = wanted[from.outputs().indexOf(to.outputs().get(k))];
                assertThat(found[k]).as("row %d of %s", row, to).isCloseTo(expected, within(1e-9));
            }
        }
    }

    private static List<String> names(ModelSchema schema) {
        return schema.features().stream().map(Feature::name).toList();
    }

    private static double[] scores(GlobalModel model, double[] raw) {
        return Predictors.of(model).predict(raw).toArray();
    }

    @Test
    void transfer_sameSchema_isTheSameBits() {
        ModelSchema schema = schema(Task.CLASSIFICATION, List.of("x", "y"), List.of("A", "B"), PERCEPTRON, 1);
        assertThat(WeightTransfer.transfer(model(schema), schema))
                .isEqualTo(model(schema).weights());
    }

    @Test
    void transfer_handComputedLine_isRewrittenInNewUnits() {
        // 3·(x − 10)/2 + 1, times 4 plus 20, is 6·x − 36: −42 at the new mean −1, 24 for a new scale of 4, outputs in
        // units of 8.
        ModelSchema old = line(10, 2, 20, 4);
        Weights moved = WeightTransfer.transfer(
                new GlobalModel(0, old, new Weights(old.layout(), Vector.of(3, 1))), line(-1, 4, 6, 8));
        assertThat(moved.values()).isEqualTo(Vector.of(3, -6));
    }

    private static ModelSchema line(double mean, double scale, double outputMean, double outputScale) {
        return new ModelSchema(
                1,
                Task.REGRESSION,
                List.of(Feature.unbounded("x")),
                List.of("y"),
                Optional.of(new Standardiser(
                        Vector.of(mean), Vector.of(scale), Vector.of(outputMean), Vector.of(outputScale))),
                CLIP);
    }

    @Test
    void transfer_whatCannotBeTheSameModel_isRefusedWithTheReason() {
        ModelSchema from = schema(Task.CLASSIFICATION, List.of("x", "y"), List.of("A", "B"), Architecture.LINEAR, 1);
        assertRefused(
                from,
                schema(Task.REGRESSION, List.of("x", "y"), List.of("A", "B"), Architecture.LINEAR, 1),
                "its task must be the federation's, REGRESSION, was CLASSIFICATION");
        assertRefused(
                from,
                schema(Task.CLASSIFICATION, List.of("x", "y"), List.of("A", "B"), PERCEPTRON, 1),
                "its architecture must be the federation's, Perceptron[hiddenUnits=4], was Linear[]");
        assertRefused(
                from,
                schema(Task.CLASSIFICATION, List.of("x", "z"), List.of("A", "B"), Architecture.LINEAR, 1),
                "its features must be the federation's 2; missing [z], unknown [y]");
        assertRefused(
                from,
                schema(Task.CLASSIFICATION, List.of("x", "y"), List.of("A", "C"), Architecture.LINEAR, 1),
                "its outputs must be the federation's 2; missing [C], unknown [B]");
        assertRefused(
                from, changed(from, 3, Normalization.GLOBAL, ""), "its featureClip must be the federation's, 3.0");
        assertRefused(
                from,
                changed(from, CLIP, Normalization.DEVICE, ""),
                "its normalization must be the federation's, DEVICE");
        assertRefused(
                from,
                changed(from, CLIP, Normalization.GLOBAL, "°F"),
                "its features must be the federation's 2; missing [x in °F, y in °F], unknown [x, y]");
    }

    private static ModelSchema changed(ModelSchema schema, double clip, Normalization normalization, String unit) {
        return new ModelSchema(
                1,
                schema.task(),
                schema.features().stream()
                        .map(one -> new Feature(one.name(), unit, one.minimum(), one.maximum(), one.required()))
                        .toList(),
                schema.outputs(),
                schema.standardiser(),
                clip,
                normalization,
                schema.architecture());
    }

    private static void assertRefused(ModelSchema from, ModelSchema to, String reason) {
        assertThat(WeightTransfer.refusal(from, to))
                .hasValueSatisfying(one -> assertThat(one).contains(reason));
        assertThatThrownBy(() -> WeightTransfer.transfer(model(from), to))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
