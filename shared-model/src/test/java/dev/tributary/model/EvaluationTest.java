package dev.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluationTest {
    @Test
    void accuracy_isTheUnweightedMeanOverDevices() {
        Evaluation large = Evaluation.ofDevice(new long[][] {{90, 10}, {0, 0}}, 10);
        Evaluation small = Evaluation.ofDevice(new long[][] {{1, 0}, {1, 0}}, 5);
        Evaluation both = large.plus(small);

        assertThat(both.accuracy()).isCloseTo((0.9 + 0.5) / 2, within(1e-15));
        assertThat(both.devices()).isEqualTo(2);
        assertThat(both.examples()).isEqualTo(102);
        assertThat(both.loss()).isCloseTo(15.0 / 102, within(1e-15));
        assertThat(both.count(1, 0)).isEqualTo(1);
    }

    @Test
    void macroF1_isOfPooledCountsAndLeavesAbsentClassesOut() {
        // Class 0: precision 2/3, recall 2/3. Class 1: precision 1/2, recall 1/2. Class 2 never occurs.
        Evaluation evaluation = Evaluation.ofDevice(new long[][] {{2, 0, 0}, {0, 1, 0}, {0, 0, 0}}, 0)
                .plus(Evaluation.ofDevice(new long[][] {{0, 1, 0}, {1, 0, 0}, {0, 0, 0}}, 0));
        assertThat(evaluation.macroF1()).isCloseTo((2 / 3.0 + 1 / 2.0) / 2, within(1e-15));
    }

    @Test
    void macroF1_classPredictedButNeverTrue_countsAsZero() {
        assertThat(Evaluation.ofDevice(new long[][] {{1, 1}, {0, 0}}, 0).macroF1())
                .isCloseTo((2 / 3.0 + 0) / 2, within(1e-15));
    }

    @Test
    void regression_rmseAndMaeAreMeansOverDevicesAndR2IsPooled() {
        Evaluation first =
                Evaluation.ofDevice(new double[][] {{1, 10}, {3, 30}}, new double[][] {{2, 10}, {4, 30}}, 2, 2);
        Evaluation second = Evaluation.ofDevice(new double[][] {{5, 20}}, new double[][] {{2, 20}}, 2, 9);
        Evaluation both = first.plus(second);

        assertThat(both.rmse(0)).isCloseTo((1 + 3) / 2.0, within(1e-15));
        assertThat(both.mae(0)).isCloseTo((1 + 3) / 2.0, within(1e-15));
        assertThat(both.r2(0)).isCloseTo(1 - 11 / 8.0, within(1e-12));
        assertThat(both.rmse(1)).isZero();
        assertThat(both.r2(1)).isEqualTo(1);
        assertThat(both.examples()).isEqualTo(3);
    }

    @Test
    void ofDevice_withoutExamples_addsNothing() {
        Evaluation some = Evaluation.ofDevice(new long[][] {{1, 0}, {0, 1}}, 1);
        assertThat(some.plus(Evaluation.ofDevice(new long[2][2], 0))).isEqualTo(some);
        assertThat(Evaluation.empty(Task.CLASSIFICATION, 2).accuracy()).isNaN();
    }

    @Test
    void metricOfTheOtherTask_isRefused() {
        assertThatThrownBy(() -> Evaluation.empty(Task.REGRESSION, 1).accuracy())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task must be CLASSIFICATION, was REGRESSION");
        assertThatThrownBy(() -> new Evaluation(Task.REGRESSION, 1, Vector.zeros(4)))
                .hasMessage("sums length must be 9, was 4");
    }
}
