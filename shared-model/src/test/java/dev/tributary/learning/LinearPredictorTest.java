package dev.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinearPredictorTest {
    /** Two features (mean 10 and 0, scale 2 and 1) clipped at 3. */
    private static GlobalModel model(Task task, List<String> outputs, double... weights) {
        int values = task == Task.REGRESSION ? 1 : 0;
        ModelSchema schema = new ModelSchema(
                1,
                task,
                List.of(Feature.unbounded("a"), Feature.unbounded("b")),
                outputs,
                Optional.of(new Standardiser(
                        Vector.of(10, 0),
                        Vector.of(2, 1),
                        values == 1 ? Vector.of(100) : Vector.zeros(0),
                        values == 1 ? Vector.of(50) : Vector.zeros(0))),
                3);
        return new GlobalModel(4, schema, new Weights(schema.layout(), Vector.of(weights)));
    }

    private static final GlobalModel LABELS = model(Task.CLASSIFICATION, List.of("x", "y"), 1, 0, 0, 0, 1, 0);
    private static final GlobalModel VALUE = model(Task.REGRESSION, List.of("v"), 1, -2, 0.5);

    @Test
    void predict_regression_isInRealUnits() {
        Predictor predictor = Predictors.of(VALUE);
        // z = (1, 0.25): 1 - 0.5 + 0.5 = 1 deviation above the mean.
        assertThat(predictor.predict(new double[] {12, 0.25})).isEqualTo(Vector.of(150));
        assertThat(predictor.predict(new double[] {Double.NaN, Double.NaN})).isEqualTo(Vector.of(125));
        assertThat(predictor.predict(new double[] {1e9, Double.NEGATIVE_INFINITY}))
                .isEqualTo(Vector.of(100 + 50 * (3 + 6 + 0.5)));
    }

    @Test
    void predict_classification_isASoftmax() {
        Vector scores = Predictors.of(LABELS).predict(new double[] {14, 1});
        double e = Math.exp(2) + Math.exp(1);
        assertThat(scores.get(0)).isCloseTo(Math.exp(2) / e, within(1e-15));
        assertThat(scores.get(1)).isCloseTo(Math.exp(1) / e, within(1e-15));
    }

    @Test
    void evaluate_labels_countsThem() {
        Evaluation evaluation = Predictors.of(LABELS)
                .evaluate(List.of(
                        new Examples.RawExample(new double[] {14, 1}, new double[] {0}),
                        new Examples.RawExample(new double[] {10, 1}, new double[] {0}),
                        new Examples.RawExample(new double[] {10, 2}, new double[] {1})));
        assertThat(evaluation.count(0, 0)).isEqualTo(1);
        assertThat(evaluation.count(0, 1)).isEqualTo(1);
        assertThat(evaluation.count(1, 1)).isEqualTo(1);
        assertThat(evaluation.accuracy()).isCloseTo(2 / 3.0, within(1e-15));
        double expected = Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(1)) + Math.log1p(Math.exp(-2));
        assertThat(evaluation.loss()).isCloseTo(expected / 3, within(1e-12));
    }

    @Test
    void evaluate_values_areInRealUnitsAndTheLossIsStandardised() {
        Evaluation evaluation = Predictors.of(VALUE)
                .evaluate(List.of(
                        new Examples.RawExample(new double[] {12, 0.25}, new double[] {160}),
                        new Examples.RawExample(new double[] {12, 0.25}, new double[] {120})));
        assertThat(evaluation.mae(0)).isCloseTo(20, within(1e-12));
        assertThat(evaluation.rmse(0)).isCloseTo(Math.sqrt((100 + 900) / 2.0), within(1e-12));
        assertThat(evaluation.loss()).isCloseTo((0.04 + 0.36) / 2, within(1e-12));
    }

    @Test
    void evaluate_nothing_isEmpty() {
        assertThat(Predictors.of(VALUE).evaluate(List.of())).isEqualTo(Evaluation.empty(Task.REGRESSION, 1));
        assertThat(Predictors.of(LABELS).evaluate(List.of())).isEqualTo(Evaluation.empty(Task.CLASSIFICATION, 2));
    }

    @Test
    void argumentsThatDoNotFit_areRefused() {
        assertThatThrownBy(() -> Predictors.of(VALUE).predict(new double[] {1}))
                .hasMessage("raw must have 2 features, had 1");
        assertThatThrownBy(() -> Predictors.of(LABELS)
                        .evaluate(List.of(new Examples.RawExample(new double[] {1, 2}, new double[] {2}))))
                .hasMessage("label must be in [0, 2), was 2.0");
    }
}
