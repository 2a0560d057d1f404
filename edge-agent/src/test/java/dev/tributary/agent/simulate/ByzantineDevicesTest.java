package dev.tributary.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.agent.examples.ExampleSource;
import dev.tributary.agent.simulate.ByzantineDevices.Attack;
import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.LocalTrainer;
import dev.tributary.learning.TrainingOutcome;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.ParameterLayout;
import dev.tributary.model.Seed;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByzantineDevicesTest {
    private static final List<RawExample> ROWS = List.of(
            new RawExample(new double[] {1}, new double[] {0}),
            new RawExample(new double[] {2}, new double[] {2}),
            new RawExample(new double[] {3}, new double[] {1}),
            new RawExample(new double[] {4}, new double[] {5}));

    private static final LocalTrainer HONEST = (global, examples, plan, learningRate, seed) ->
            new TrainingOutcome.Trained(Vector.of(1, -2, 3, 4), examples.count(), 1, 2.5);

    @Test
    void parse_knowsEachAttackAndItsUsualStrength() {
        assertThat(ByzantineDevices.parse("10:sign-flip", 1))
                .isEqualTo(new ByzantineDevices(10, Attack.SIGN_FLIP, 10, 1));
        assertThat(ByzantineDevices.parse("3:noise:2e6", 7)).isEqualTo(new ByzantineDevices(3, Attack.NOISE, 2e6, 7));
        assertThat(ByzantineDevices.parse("1:within-norm", 1).attack()).isEqualTo(Attack.WITHIN_NORM);
        assertThat(ByzantineDevices.parse("1:labels", 1).attack()).isEqualTo(Attack.LABELS);
        assertThat(ByzantineDevices.parse("1:none", 1).attack()).isEqualTo(Attack.NONE);
    }

    @Test
    void among_choosesByTheSeed_andAnyDeviceBySomeSeed() {
        List<Integer> trainers =
                IntStream.range(0, 12).filter(i -> i != 5).boxed().toList();
        Set<Integer> ever = new TreeSet<>();
        for (long seed = 0; seed < 50; seed++) {
            Set<Integer> chosen = ByzantineDevices.parse("4:noise", seed).among(trainers);
            assertThat(chosen).hasSize(4).isSubsetOf(trainers);
            assertThat(ByzantineDevices.parse("4:labels", seed).among(trainers)).isEqualTo(chosen);
            ever.addAll(chosen);
        }
        assertThat(ever).containsExactlyElementsOf(trainers);
    }

    @Test
    void signFlip_isTheOppositeManyTimesOver() {
        assertThat(trained("1:sign-flip"))
                .isEqualTo(new TrainingOutcome.Trained(Vector.of(-10, 20, -30, -40), 4, 1, 2.5));
        assertThat(trained("1:within-norm"))
                .isEqualTo(new TrainingOutcome.Trained(Vector.of(-1, 2, -3, -4), 4, 1, 2.5));
        assertThat(trained("1:none")).isEqualTo(new TrainingOutcome.Trained(Vector.of(1, -2, 3, 4), 4, 1, 2.5));
        assertThat(trained("1:labels")).isEqualTo(trained("1:none"));
    }

    @Test
    void noise_hasItsNorm_andTheSameBitsForTheSameSeed() {
        TrainingOutcome.Trained noise = (TrainingOutcome.Trained) trained("1:noise:1e6");
        assertThat(noise.delta().norm()).isCloseTo(1e6, within(1e-6));
        assertThat(trained("1:noise:1e6")).isEqualTo(noise);
        assertThat(trained("1:noise:1e6", 8)).isNotEqualTo(noise);
    }

    @Test
    void diverged_staysDiverged() {
        TrainingOutcome.Diverged diverged = new TrainingOutcome.Diverged("too far");
        LocalTrainer trainer = new ByzantineTrainer(
                (global, examples, plan, learningRate, seed) -> diverged, ByzantineDevices.parse("1:sign-flip", 1));
        assertThat(train(trainer, 7)).isEqualTo(diverged);
    }

    @Test
    void labels_areMirrored_forTrainingAlone() {
        ExampleSource classes = byzantine("1:labels");
        assertThat(classes.trainPart(schema(Task.CLASSIFICATION)))
                .extracting(row -> row.target()[0])
                .containsExactly(5.0, 3.0, 4.0, 0.0);
        assertThat(classes.trainPart(schema(Task.REGRESSION)))
                .extracting(row -> row.target()[0])
                .containsExactly(4.0, 2.0, 3.0, -1.0);
        assertThat(byzantine("1:noise").trainPart(schema(Task.CLASSIFICATION))).isSameAs(ROWS);
    }

    @Test
    void byzantineDevice_hasNothingToEvaluateOn() {
        for (Attack attack : Attack.values()) {
            ExampleSource examples = byzantine("1:" + attack.word());
            assertThat(examples.testPart(schema(Task.CLASSIFICATION))).isEmpty();
            assertThat(examples.count()).isEqualTo(4);
            assertThat(examples.all(schema(Task.CLASSIFICATION))).isSameAs(ROWS);
        }
    }

    @Test
    void report_namesThem() {
        FleetReport report = new FleetReport(
                Plant.fleet(new PlantSettings(6, 1, 0.5, 0)),
                Optional.of(NewDevices.parse("every:3+1")),
                Optional.of(ByzantineDevices.parse("3:noise", 1)));
        assertThat(report.toTree().get("devices").toString().split("byzantine=noise", -1))
                .hasSize(4);
        assertThat(report.byzantinePositions()).hasSize(3).doesNotContain(1, 4);
        assertThat(report.toLines())
                .contains("3 of the devices that train are Byzantine, noise; they evaluate nothing");
    }

    private static ExampleSource byzantine(String text) {
        ExampleSource honest = new ExampleSource() {
            @Override
            public List<RawExample> trainPart(ModelSchema schema) {
                return ROWS;
            }

            @Override
            public List<RawExample> testPart(ModelSchema schema) {
                return ROWS;
            }

            @Override
            public List<RawExample> all(ModelSchema schema) {
                return ROWS;
            }

            @Override
            public long count() {
                return ROWS.size();
            }
        };
        return new ByzantineExamples(honest, ByzantineDevices.parse(text, 1));
    }

    private static ModelSchema schema(Task task) {
        List<String> outputs =
                task == Task.CLASSIFICATION ? List.of("a", "b", "c", "d", "e", "f") : List.of("temperature");
        return new ModelSchema(0, task, List.of(Feature.unbounded("x")), outputs, Optional.empty(), 3);
    }

    private static TrainingOutcome trained(String text) {
        return trained(text, 7);
    }

    private static TrainingOutcome trained(String text, long seed) {
        return train(new ByzantineTrainer(HONEST, ByzantineDevices.parse(text, 1)), seed);
    }

    private static TrainingOutcome train(LocalTrainer trainer, long seed) {
        ModelSchema schema = schema(Task.REGRESSION)
                .standardisedBy(new Standardiser(Vector.of(0), Vector.of(1), Vector.of(0), Vector.of(1)));
        TrainingPlan plan =
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.SQUARED, 5, 1);
        return trainer.train(
                Weights.zeros(new ParameterLayout(List.of(new ParameterLayout.Block("linear", 2, 2)))),
                Examples.standardised(schema, ROWS),
                plan,
                0.1,
                new Seed(seed));
    }
}
