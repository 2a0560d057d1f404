package dev.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrainingPlanTest {
    @Test
    void batchSizeFor_zero_isATwentiethOfTheExamplesButAtLeast32() {
        assertThat(plan(5, 0).batchSizeFor(100)).isEqualTo(32);
        assertThat(plan(5, 0).batchSizeFor(640)).isEqualTo(32);
        assertThat(plan(5, 0).batchSizeFor(6_000)).isEqualTo(300);
        assertThat(plan(5, 7).batchSizeFor(6_000)).isEqualTo(7);
    }

    @Test
    void constructor_outOfRange_namesFieldRuleAndValue() {
        assertThatThrownBy(() -> plan(0, 0)).hasMessage("localEpochs must be >= 1, was 0");
        assertThatThrownBy(() -> plan(1, -1)).hasMessage("batchSize must be >= 0, was -1");
    }

    private static TrainingPlan plan(int epochs, int batchSize) {
        return new TrainingPlan(
                epochs, batchSize, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.SQUARED, 5, 1);
    }
}
