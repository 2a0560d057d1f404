package dev.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.TrainingPlan.LocalOptimizer;
import dev.tributary.model.TrainingPlan.Objective;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FedProx (Li et al. 2020) in local training. */
class FedProxTest {
    private static final double RATE = 0.1;

    private static Vector delta(Weights start, Examples examples, TrainingPlan plan) {
        TrainingOutcome outcome = new DescentTrainer().train(start, examples, plan, RATE, new Seed(5));
        return ((TrainingOutcome.Trained) outcome).delta();
    }

    @ParameterizedTest
    @EnumSource(LocalOptimizer.class)
    void conform_muZero_equalsFedAvgBitForBit(LocalOptimizer optimizer) {
        ModelSchema schema = Fleet.schema(Objective.LOG.task(), 6, 3);
        Examples examples = Fleet.examples(schema, 50, 1);
        Weights start = Fleet.start(schema, 2);
        TrainingPlan plan = Fleet.plan(Objective.LOG, optimizer, 4, 8);

        assertThat(delta(start, examples, plan.fineTuning(4, 0))).isEqualTo(delta(start, examples, plan));
    }

    @ParameterizedTest
    @EnumSource(
            value = Objective.class,
            names = {"LOG", "SQUARED"})
    void conform_growingMu_shrinksTheDelta(Objective objective) {
        ModelSchema schema = Fleet.schema(objective.task(), 6, 3);
        Examples examples = Fleet.examples(schema, 50, 1);
        Weights start = Fleet.start(schema, 2);
        TrainingPlan plan = Fleet.plan(objective, LocalOptimizer.SGD, 10, 8);

        double before = delta(start, examples, plan).norm();
        for (double mu : new double[] {0.1, 0.5, 1, 3}) {
            double norm = delta(start, examples, plan.fineTuning(10, mu)).norm();
            assertThat(norm).as("norm of the delta at mu %s", mu).isLessThan(before);
            before = norm;
        }
    }

    /** In the second step the gradient gains μ(w − x), where w − x is the first step. */
    @Test
    void train_secondStep_isPulledBackByMuTimesTheDistance() {
        ModelSchema schema = Fleet.schema(Objective.SQUARED.task(), 4, 2);
        Examples examples = Fleet.examples(schema, 20, 1);
        Weights start = Fleet.start(schema, 2);
        TrainingPlan one = Fleet.plan(Objective.SQUARED, LocalOptimizer.SGD, 1, 20);
        double mu = 0.7;

        Vector first = delta(start, examples, one);
        Vector free = delta(start, examples, one.fineTuning(2, 0));
        Vector held = delta(start, examples, one.fineTuning(2, mu));

        for (int i = 0; i < first.length(); i++) {
            assertThat(held.get(i)).isCloseTo(free.get(i) - RATE * mu * first.get(i), within(1e-12));
        }
    }
}
