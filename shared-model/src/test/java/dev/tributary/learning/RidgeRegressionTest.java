package dev.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RidgeRegressionTest {
    /** One feature and a bias: (x, y) = (1, 2), (2, 3), (3, 7). */
    private static final SufficientStatistics HAND = new SufficientStatistics(2, 1, Vector.of(14, 6, 3, 29, 12, 62));

    @Test
    void of_examples_areTheSumsByHand() {
        ModelSchema schema = Fleet.schema(Task.REGRESSION, 1, 1);
        Examples examples = Examples.standardised(
                schema,
                List.of(
                        new Examples.RawExample(new double[] {1}, new double[] {2}),
                        new Examples.RawExample(new double[] {2}, new double[] {3}),
                        new Examples.RawExample(new double[] {3}, new double[] {7})));

        assertThat(SufficientStatistics.of(examples)).isEqualTo(HAND);
        assertThat(HAND.count()).isEqualTo(3);
    }

    /** Without a ridge the line through the mean (2, 4) has slope (29 − 3·2·4)/(14 − 3·4) = 2.5. */
    @Test
    void solve_byHand() {
        assertThat(close(RidgeRegression.solve(HAND, 0).orElseThrow(), 2.5, -1)).isTrue();
        // With λ = 2 the slope is 5/(2 + 2), and the bias, which is not penalised, keeps the line through the mean.
        assertThat(close(RidgeRegression.solve(HAND, 2).orElseThrow(), 1.25, 1.5))
                .isTrue();
    }

    private static boolean close(Vector weights, double slope, double bias) {
        return Math.abs(weights.get(0) - slope) < 1e-12 && Math.abs(weights.get(1) - bias) < 1e-12;
    }

    @Test
    void squaredError_fromTheSums_isThatOfTheExamples() {
        ModelSchema schema = Fleet.schema(Task.REGRESSION, 5, 2);
        Examples examples = Fleet.examples(schema, 80, 3);
        Vector weights = Fleet.start(schema, 4).values();
        double expected = 0;
        double[] x = new double[6];
        x[5] = 1;
        for (int i = 0; i < examples.count(); i++) {
            examples.copyFeatures(i, x);
            for (int k = 0; k < 2; k++) {
                double error = -examples.target(i, k);
                for (int j = 0; j < 6; j++) {
                    error += weights.get(6 * k + j) * x[j];
                }
                expected += error * error;
            }
        }
        assertThat(RidgeRegression.squaredError(SufficientStatistics.of(examples), weights))
                .isCloseTo(expected, within(1e-9 * expected));
    }

    /** At the least squares with ridge λ the gradient X'(Xw − y) + λw is zero but for the bias's penalty. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 100})
    void solve_gradientAtTheSolutionIsZero(double ridge) {
        ModelSchema schema = Fleet.schema(Task.REGRESSION, 20, 3);
        SufficientStatistics statistics = SufficientStatistics.of(Fleet.examples(schema, 200, 5));
        Vector weights = RidgeRegression.solve(statistics, ridge).orElseThrow();
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 21; i++) {
                double gradient = -statistics.moment(i, k) + (i < 20 ? ridge * weights.get(21 * k + i) : 0);
                for (int j = 0; j < 21; j++) {
                    gradient += statistics.product(i, j) * weights.get(21 * k + j);
                }
                assertThat(gradient).isCloseTo(0, within(1e-9 * statistics.count()));
            }
        }
    }

    @Test
    void solve_undetermined_isEmptyWithoutARidge() {
        ModelSchema schema = Fleet.schema(Task.REGRESSION, 20, 1);
        SufficientStatistics few = SufficientStatistics.of(Fleet.examples(schema, 1, 5));
        assertThat(RidgeRegression.solve(few, 0)).isEmpty();
        assertThat(RidgeRegression.solve(few, 1)).isPresent();
        assertThatThrownBy(() -> RidgeRegression.solve(few, -1)).hasMessage("ridge must be finite and >= 0, was -1.0");
    }
}
