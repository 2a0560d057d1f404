package dev.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.Architecture;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Numbers that a reader can redo by hand. */
class PerceptronPredictorTest {
    /** h = (max(0, z₁ − z₂ + 0.5), max(0, −z₁ + 1)), of features with mean 10 and 0 and scale 2 and 1, clipped at 3. */
    private static GlobalModel model(Task task, List<String> outputs, double... output) {
        boolean regression = task == Task.REGRESSION;
        ModelSchema schema = new ModelSchema(
                1,
                task,
                List.of(Feature.unbounded("a"), Feature.unbounded("b")),
                outputs,
                Optional.of(new Standardiser(
                        Vector.of(10, 0),
                        Vector.of(2, 1),
                        regression ? Vector.of(100) : Vector.zeros(0),
                        regression ? Vector.of(50) : Vector.zeros(0))),
                3,
                Normalization.GLOBAL,
                new Architecture.Perceptron(2));
        double[] weights = new double[6 + output.length];
        System.arraycopy(new double[] {1, -1, 0.5, -1, 0, 1}, 0, weights, 0, 6);
        System.arraycopy(output, 0, weights, 6, output.length);
        return new GlobalModel(4, schema, new Weights(schema.layout(), Vector.of(weights)));
    }

    @Test
    void predict_regression_isInRealUnits() {
        Predictor predictor = Predictors.of(model(Task.REGRESSION, List.of("v"), 2, -1, 0.25));
        // z = (2, 1): h = (1.5, 0); 3 − 0 + 0.25 = 3.25 deviations above the mean of 100.
        assertThat(predictor.predict(new double[] {14, 1})).isEqualTo(Vector.of(100 + 50 * 3.25));
        // Missing is z = 0: h = (0.5, 1); 1 − 1 + 0.25.
        assertThat(predictor.predict(new double[] {Double.NaN, Double.NaN})).isEqualTo(Vector.of(112.5));
        // Clipped at z = (−3, 3): h = (0, 4); −4 + 0.25.
        assertThat(predictor.predict(new double[] {-1e9, 1e9})).isEqualTo(Vector.of(100 - 50 * 3.75));
    }

    @Test
    void predict_twoLabels_isTheSigmoidOfOneUnit() {
        Predictor predictor = Predictors.of(model(Task.CLASSIFICATION, List.of("off", "on"), 2, -1, 0.25));
        Vector scores = predictor.predict(new double[] {14, 1});
        assertThat(scores.get(1)).isCloseTo(1 / (1 + Math.exp(-3.25)), within(1e-15));
        assertThat(scores.get(0)).isCloseTo(1 / (1 + Math.exp(3.25)), within(1e-15));
    }

    @Test
    void predict_threeLabels_isASoftmax() {
        Predictor predictor =
                Predictors.of(model(Task.CLASSIFICATION, List.of("x", "y", "z"), 1, 0, 0, 0, 1, 0, 0, 0, Math.log(2)));
        // z = (0, 0): h = (0.5, 1) and the scores 0.5, 1, ln 2.
        Vector scores = predictor.predict(new double[] {10, 0});
        double sum = Math.exp(0.5) + Math.E + 2;
        assertThat(scores.get(0)).isCloseTo(Math.exp(0.5) / sum, within(1e-15));
        assertThat(scores.get(1)).isCloseTo(Math.E / sum, within(1e-15));
        assertThat(scores.get(2)).isCloseTo(2 / sum, within(1e-15));
    }

    @Test
    void evaluate_twoLabels_countsThemAndItsLossIsTheLogLoss() {
        Predictor predictor = Predictors.of(model(Task.CLASSIFICATION, List.of("off", "on"), 2, -1, 0.25));
        Evaluation evaluation = predictor.evaluate(List.of(
                new Examples.RawExample(new double[] {14, 1}, new double[] {1}),
                new Examples.RawExample(new double[] {-1e9, 1e9}, new double[] {1})));
        assertThat(evaluation.count(1, 1)).isEqualTo(1);
        assertThat(evaluation.count(1, 0)).isEqualTo(1);
        double expected = Math.log1p(Math.exp(-3.25)) + Math.log1p(Math.exp(3.75));
        assertThat(evaluation.loss()).isCloseTo(expected / 2, within(1e-12));
    }
}
