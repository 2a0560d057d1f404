package dev.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.TrainingPlan.LocalOptimizer;
import dev.tributary.model.TrainingPlan.Objective;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescentTrainerTest {
    private static final Seed SEED = new Seed(5);

    private static TrainingOutcome.Trained train(
            DescentTrainer trainer, Weights start, Examples examples, TrainingPlan plan, double rate) {
        return (TrainingOutcome.Trained) trainer.train(start, examples, plan, rate, SEED);
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void train_kThenKEpochs_equals2kEpochs(Objective objective) {
        ModelSchema schema = Fleet.schema(objective.task(), 6, 3);
        Examples examples = Fleet.examples(schema, 50, 1);
        Weights start = Fleet.start(schema, 2);
        DescentTrainer inOrder = new DescentTrainer(false);
        TrainingPlan half = Fleet.plan(objective, LocalOptimizer.SGD, 2, 8);
        TrainingPlan whole = Fleet.plan(objective, LocalOptimizer.SGD, 4, 8);

        Descent once = descent(start, examples, whole);
        Descent first = descent(start, examples, half);
        run(once, 4);
        run(first, 2);
        Descent second = descent(first.weights(), examples, half);
        run(second, 2);

        assertThat(second.weights()).isEqualTo(once.weights());
        assertThat(train(inOrder, start, examples, whole, 0.1).delta())
                .isEqualTo(once.weights().values().minus(start.values()));
    }

    private static Descent descent(Weights start, Examples examples, TrainingPlan plan) {
        return new Descent(start, examples, plan, 0.1);
    }

    private static void run(Descent descent, int epochs) {
        int[] order = java.util.stream.IntStream.range(0, 50).toArray();
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int i = 0; i < 50; i += 8) {
                descent.step(order, i, Math.min(50, i + 8));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LocalOptimizer.class)
    void train_equalArguments_giveEqualBits(LocalOptimizer optimizer) {
        ModelSchema schema = Fleet.schema(Task.CLASSIFICATION, 6, 3);
        Examples examples = Fleet.examples(schema, 70, 1);
        TrainingPlan plan = Fleet.plan(Objective.LOG, optimizer, 3, 16);
        Weights start = Fleet.start(schema, 2);

        assertThat(train(new DescentTrainer(), start, examples, plan, 0.1))
                .isEqualTo(train(new DescentTrainer(), start, examples, plan, 0.1));
        assertThat(new DescentTrainer().train(start, examples, plan, 0.1, new Seed(6)))
                .isNotEqualTo(train(new DescentTrainer(), start, examples, plan, 0.1));
    }

    /** One step over all examples at rate 1 is the negative gradient of the mean loss: checked by central differences. */
    @ParameterizedTest
    @EnumSource(
            value = Objective.class,
            names = {"LOG", "SQUARED", "HUBER"})
    void train_oneStep_isTheNegativeGradientOfTheMeanLoss(Objective objective) {
        ModelSchema schema = Fleet.schema(objective.task(), 4, 3);
        Examples examples = Fleet.examples(schema, 20, 1);
        Weights start = Fleet.start(schema, 2);
        TrainingPlan plan = Fleet.plan(objective, LocalOptimizer.SGD, 1, 20);

        Vector delta = train(new DescentTrainer(), start, examples, plan, 1).delta();

        double h = 1e-5;
        for (int i = 0; i < delta.length(); i++) {
            double[] step = new double[delta.length()];
            step[i] = h;
            double up = train(new DescentTrainer(), start.plus(Vector.of(step)), examples, plan, 1)
                    .loss();
            step[i] = -h;
            double down = train(new DescentTrainer(), start.plus(Vector.of(step)), examples, plan, 1)
                    .loss();
            assertThat(delta.get(i)).isCloseTo(-(up - down) / (2 * h) / 20, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 32, 64})
    void train_batchOfEqualExamples_stepsAsOneExampleDoes(int batch) {
        ModelSchema schema = Fleet.schema(Task.REGRESSION, 4, 2);
        Examples.RawExample row = Fleet.rows(schema, 1, 1).get(0);
        Weights start = Fleet.start(schema, 2);
        Examples one = Examples.standardised(schema, List.of(row));
        Examples many = Examples.standardised(schema, java.util.Collections.nCopies(batch, row));

        Vector single = train(
                        new DescentTrainer(), start, one, Fleet.plan(Objective.SQUARED, LocalOptimizer.SGD, 1, 1), 0.1)
                .delta();
        Vector mean = train(
                        new DescentTrainer(),
                        start,
                        many,
                        Fleet.plan(Objective.SQUARED, LocalOptimizer.SGD, 1, batch),
                        0.1)
                .delta();

        assertThat(mean.minus(single).norm()).isLessThan(1e-14);
    }

    @Test
    void train_lastBatchShorter_isAMeanOverItsOwnSize() {
        ModelSchema schema = Fleet.schema(Task.REGRESSION, 3, 1);
        Examples.RawExample row = Fleet.rows(schema, 1, 1).get(0);
        Weights start = Weights.zeros(schema.layout());
        Examples five = Examples.standardised(schema, java.util.Collections.nCopies(5, row));
        Examples two = Examples.standardised(schema, java.util.Collections.nCopies(2, row));

        Vector fives = train(
                        new DescentTrainer(), start, five, Fleet.plan(Objective.SQUARED, LocalOptimizer.SGD, 1, 4), 0.1)
                .delta();
        Vector twos = train(
                        new DescentTrainer(), start, two, Fleet.plan(Objective.SQUARED, LocalOptimizer.SGD, 1, 1), 0.1)
                .delta();

        assertThat(fives.minus(twos).norm()).isLessThan(1e-14);
    }

    @Test
    void train_residualClip_boundsTheStepOfAnOutlier() {
        ModelSchema schema = Fleet.schema(Task.REGRESSION, 2, 1);
        Examples outlier = Examples.standardised(
                schema, List.of(new Examples.RawExample(new double[] {1, -2}, new double[] {1000})));
        TrainingPlan plan = new TrainingPlan(1, 1, LocalOptimizer.SGD, 0, Objective.SQUARED, 5, 1);
        TrainingOutcome.Trained trained =
                train(new DescentTrainer(), Weights.zeros(schema.layout()), outlier, plan, 0.1);

        assertThat(trained.delta()).isEqualTo(Vector.of(0.5, -1, 0.5));
        assertThat(trained.loss()).isEqualTo(5 * 1000 - 12.5);
    }

    @Test
    void train_separableClasses_classifiesThemAndLowersTheLoss() {
        ModelSchema schema = Fleet.schema(Task.CLASSIFICATION, 2, 2);
        Examples examples = Examples.standardised(
                schema,
                List.of(
                        new Examples.RawExample(new double[] {1, 1}, new double[] {0}),
                        new Examples.RawExample(new double[] {2, 1}, new double[] {0}),
                        new Examples.RawExample(new double[] {-1, -1}, new double[] {1}),
                        new Examples.RawExample(new double[] {-2, -1}, new double[] {1})));
        for (Objective objective : List.of(Objective.LOG, Objective.HINGE)) {
            TrainingPlan plan = Fleet.plan(objective, LocalOptimizer.SGD, 20, 2);
            Weights zero = Weights.zeros(schema.layout());
            TrainingOutcome.Trained first = train(new DescentTrainer(), zero, examples, plan, 0.5);
            TrainingOutcome.Trained second = train(new DescentTrainer(), zero.plus(first.delta()), examples, plan, 0.5);

            assertThat(first.correct()).isEqualTo(4);
            assertThat(first.exampleCount()).isEqualTo(4);
            assertThat(first.loss()).isCloseTo(objective == Objective.LOG ? 4 * Math.log(2) : 4, within(1e-12));
            assertThat(second.loss()).isBetween(0.0, first.loss() / 4);
        }
    }

    @Test
    void train_rateFarTooHigh_divergesWithAReason() {
        ModelSchema schema = Fleet.schema(Task.REGRESSION, 6, 1);
        TrainingOutcome outcome = new DescentTrainer()
                .train(
                        Weights.zeros(schema.layout()),
                        Fleet.examples(schema, 300, 1),
                        Fleet.plan(Objective.SQUARED, LocalOptimizer.SGD, 10, 1),
                        50,
                        SEED);

        assertThat(outcome).isInstanceOf(TrainingOutcome.Diverged.class);
        assertThat(((TrainingOutcome.Diverged) outcome).reason())
                .contains("weights are not finite after epoch")
                .contains("learning rate 50.0");
    }

    @Test
    void train_argumentsThatDoNotFit_areRefused() {
        ModelSchema schema = Fleet.schema(Task.CLASSIFICATION, 3, 2);
        Weights start = Weights.zeros(schema.layout());
        TrainingPlan plan = Fleet.plan(Objective.LOG, LocalOptimizer.SGD, 1, 1);
        Examples wide = Fleet.examples(Fleet.schema(Task.CLASSIFICATION, 4, 2), 5, 1);
        Examples unknown = Examples.standardised(
                schema, List.of(new Examples.RawExample(new double[] {1, 2, 3}, new double[] {2})));

        assertThatThrownBy(() -> train(new DescentTrainer(), start, wide, plan, 0.1))
                .hasMessage("block must have 5 columns, had 4");
        assertThatThrownBy(() -> train(new DescentTrainer(), start, unknown, plan, 0.1))
                .hasMessage("label must be in [0, 2), was 2.0");
        assertThatThrownBy(
                        () -> train(new DescentTrainer(), start, Examples.standardised(schema, List.of()), plan, 0.1))
                .hasMessage("examples must not be empty");
        assertThatThrownBy(() -> train(new DescentTrainer(), start, Fleet.examples(schema, 5, 1), plan, Double.NaN))
                .hasMessage("learningRate must be finite and > 0, was NaN");
    }
}
