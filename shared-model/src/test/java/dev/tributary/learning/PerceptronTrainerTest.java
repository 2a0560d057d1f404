package dev.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.GlobalModel;
import dev.tributary.model.InitialWeights;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.ParameterLayout;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.TrainingPlan.LocalOptimizer;
import dev.tributary.model.TrainingPlan.Objective;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Training of a model with two blocks: what holds for one block holds for it. */
class PerceptronTrainerTest {
    private static final Seed SEED = new Seed(5);

    private static TrainingOutcome.Trained train(Weights start, Examples examples, TrainingPlan plan, double rate) {
        return (TrainingOutcome.Trained) new DescentTrainer().train(start, examples, plan, rate, SEED);
    }

    /**
     * One step over all examples at rate 1 is the negative gradient of the mean loss, by central differences: for a sigmoid unit
     * (two labels), softmax and linear outputs.
     */
    @ParameterizedTest
    @CsvSource({
        "LOG, 2",
        "LOG, 3",
        "LOG, 5",
        "HINGE, 2",
        "HINGE, 3",
        "SQUARED, 1",
        "SQUARED, 2",
        "HUBER, 1",
        "ABSOLUTE, 2"
    })
    void train_oneStep_isTheNegativeGradientOfTheMeanLoss(Objective objective, int outputs) {
        ModelSchema schema = Fleet.perceptron(objective.task(), 4, outputs, 6);
        Examples examples = Fleet.examples(schema, 20, 1);
        Weights start = Fleet.start(schema, 2);
        TrainingPlan plan = Fleet.plan(objective, LocalOptimizer.SGD, 1, 20);

        Vector delta = train(start, examples, plan, 1).delta();

        double h = 1e-6;
        for (int i = 0; i < delta.length(); i++) {
            double[] step = new double[delta.length()];
            step[i] = h;
            double up = train(start.plus(Vector.of(step)), examples, plan, 1).loss();
            step[i] = -h;
            double down = train(start.plus(Vector.of(step)), examples, plan, 1).loss();
            assertThat(delta.get(i)).as("weight %d", i).isCloseTo(-(up - down) / (2 * h) / 20, within(1e-7));
        }
        assertThat(delta.norm()).isGreaterThan(0.01);
    }

    @ParameterizedTest
    @EnumSource(LocalOptimizer.class)
    void train_equalArguments_giveEqualBits(LocalOptimizer optimizer) {
        ModelSchema schema = Fleet.perceptron(Task.CLASSIFICATION, 6, 3, 10);
        Examples examples = Fleet.examples(schema, 70, 1);
        TrainingPlan plan = Fleet.plan(Objective.LOG, optimizer, 3, 16);
        Weights start = Fleet.start(schema, 2);

        assertThat(train(start, examples, plan, 0.1)).isEqualTo(train(start, examples, plan, 0.1));
        assertThat(new DescentTrainer().train(start, examples, plan, 0.1, new Seed(6)))
                .isNotEqualTo(train(start, examples, plan, 0.1));
    }

    @ParameterizedTest
    @CsvSource({"LOG, 2", "LOG, 3", "SQUARED, 2"})
    void train_kThenKEpochs_equals2kEpochs(Objective objective, int outputs) {
        ModelSchema schema = Fleet.perceptron(objective.task(), 6, outputs, 10);
        Examples examples = Fleet.examples(schema, 48, 1);
        DescentTrainer inOrder = new DescentTrainer(false);
        TrainingPlan half = Fleet.plan(objective, LocalOptimizer.SGD, 2, 8);
        // Sums of weights and deltas round; a start that is exact in few bits would hide it, so compare the weights
        // themselves.
        Descent once = new Descent(Fleet.start(schema, 2), examples, half, 0.1);
        Descent first = new Descent(Fleet.start(schema, 2), examples, half, 0.1);
        run(once, 4);
        run(first, 2);
        Descent second = new Descent(first.weights(), examples, half, 0.1);
        run(second, 2);

        assertThat(second.weights()).isEqualTo(once.weights());
        TrainingOutcome whole = inOrder.train(
                Fleet.start(schema, 2), examples, Fleet.plan(objective, LocalOptimizer.SGD, 4, 8), 0.1, SEED);
        assertThat(((TrainingOutcome.Trained) whole).delta())
                .isEqualTo(once.weights().values().minus(Fleet.start(schema, 2).values()));
    }

    private static void run(Descent descent, int epochs) {
        int[] order = java.util.stream.IntStream.range(0, 48).toArray();
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int i = 0; i < order.length; i += 8) {
                descent.step(order, i, i + 8);
            }
        }
    }

    @Test
    void train_batchOfEqualExamples_stepsAsOneExampleDoes() {
        ModelSchema schema = Fleet.perceptron(Task.REGRESSION, 4, 2, 5);
        Examples.RawExample row = Fleet.rows(schema, 1, 1).get(0);
        Weights start = Fleet.start(schema, 2);
        Vector single = train(
                        start,
                        Examples.standardised(schema, List.of(row)),
                        Fleet.plan(Objective.SQUARED, LocalOptimizer.SGD, 1, 1),
                        0.1)
                .delta();
        for (int batch : new int[] {2, 7, 32}) {
            Examples many = Examples.standardised(schema, Collections.nCopies(batch, row));
            TrainingPlan plan = Fleet.plan(Objective.SQUARED, LocalOptimizer.SGD, 1, batch);
            assertThat(train(start, many, plan, 0.1).delta().minus(single).norm())
                    .as("batch %d", batch)
                    .isLessThan(1e-14);
        }
        assertThat(single.norm()).isPositive();
    }

    @Test
    void train_growingMu_shrinksTheDelta() {
        ModelSchema schema = Fleet.perceptron(Task.CLASSIFICATION, 6, 2, 10);
        Examples examples = Fleet.examples(schema, 50, 1);
        Weights start = Fleet.start(schema, 2);
        TrainingPlan plan = Fleet.plan(Objective.LOG, LocalOptimizer.SGD, 10, 8);
        assertThat(train(start, examples, plan.fineTuning(10, 0), 0.1)).isEqualTo(train(start, examples, plan, 0.1));
        double before = train(start, examples, plan, 0.1).delta().norm();
        for (double mu : new double[] {0.1, 0.5, 1, 3}) {
            double norm =
                    train(start, examples, plan.fineTuning(10, mu), 0.1).delta().norm();
            assertThat(norm).as("norm of the delta at mu %s", mu).isLessThan(before);
            before = norm;
        }
    }

    /** No line through the plane separates exclusive or; ten hidden units do, from drawn weights, and none from zeros. */
    @Test
    void train_exclusiveOr_isLearntFromDrawnWeightsAndNotFromZeros() {
        ModelSchema schema = Fleet.perceptron(Task.CLASSIFICATION, 2, 2, 10);
        List<Examples.RawExample> rows = new ArrayList<>();
        for (int corner = 0; corner < 4; corner++) {
            int a = corner & 1;
            int b = corner >> 1;
            rows.add(new Examples.RawExample(new double[] {2 * a - 1, 2 * b - 1}, new double[] {a ^ b}));
        }
        Examples examples = Examples.standardised(schema, rows);
        TrainingPlan plan = Fleet.plan(Objective.LOG, LocalOptimizer.SGD, 500, 4);

        Weights drawn = InitialWeights.of(schema, new Seed(1));
        TrainingOutcome.Trained trained = train(drawn, examples, plan, 0.5);
        assertThat(trained.correct()).isEqualTo(4);
        assertThat(Predictors.of(new GlobalModel(1, schema, drawn.plus(trained.delta())))
                        .evaluate(rows)
                        .loss())
                .isLessThan(0.05);
        assertThat(train(Weights.zeros(schema.layout()), examples, plan, 0.5)
                        .delta()
                        .norm())
                .isZero();
    }

    @Test
    void train_rateFarTooHigh_diverges() {
        ModelSchema schema = Fleet.perceptron(Task.REGRESSION, 6, 1, 10);
        TrainingOutcome outcome = new DescentTrainer()
                .train(
                        InitialWeights.of(schema, new Seed(2)),
                        Fleet.examples(schema, 300, 1),
                        Fleet.plan(Objective.SQUARED, LocalOptimizer.SGD, 10, 1),
                        1e200,
                        SEED);
        assertThat(outcome).isInstanceOf(TrainingOutcome.Diverged.class);
    }

    @Test
    void train_layoutThatIsNoPerceptron_isRefused() {
        Examples examples = Fleet.examples(Fleet.schema(Task.CLASSIFICATION, 3, 2), 5, 1);
        TrainingPlan plan = Fleet.plan(Objective.LOG, LocalOptimizer.SGD, 1, 1);
        Weights odd = Weights.zeros(ParameterLayout.of(
                new ParameterLayout.Block("hidden", 5, 4), new ParameterLayout.Block("output", 1, 5)));
        assertThatThrownBy(() -> train(odd, examples, plan, 0.1)).hasMessage("block output must have 6 columns, had 5");
        ModelSchema other = Fleet.perceptron(Task.CLASSIFICATION, 4, 2, 5);
        assertThatThrownBy(() -> train(Weights.zeros(other.layout()), examples, plan, 0.1))
                .hasMessage("block must have 4 columns, had 5");
    }
}
