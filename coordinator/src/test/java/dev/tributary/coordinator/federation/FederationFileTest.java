package dev.tributary.coordinator.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ConfigurationException;
import dev.tributary.coordinator.federation.RoundPlan.Asynchrony;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.federation.StoppingCriterion.Patience;
import dev.tributary.coordinator.optimizer.FedAvgM;
import dev.tributary.coordinator.optimizer.FedAvgStep;
import dev.tributary.coordinator.optimizer.FedYogi;
import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.Normalization;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan.LocalOptimizer;
import dev.tributary.model.TrainingPlan.Objective;
import dev.tributary.model.TrainingPlan.Solver;
import dev.tributary.protocol.Encoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FederationFileTest {
    @TempDir
    private Path folder;

    @Test
    void read_classificationWithoutPlan_hasTheDefaultsOfTheTask() {
        FederationDefinition definition = read("""
                federation: wisdm
                task: classification
                features: [{name: X0}, {name: X1}]
                outputs: [A, B]
                """);
        assertThat(definition.learningRate()).isEqualTo(new LearningRate(0.5, 0));
        assertThat(definition.plan().localEpochs()).isEqualTo(10);
        assertThat(definition.plan().batchSize()).isEqualTo(32);
        assertThat(definition.plan().objective()).isEqualTo(Objective.LOG);
        assertThat(definition.schema().featureClip()).isEqualTo(3);
        assertThat(definition.serverOptimizer()).isEqualTo(new FedAvgM(1, 0.8));
        assertThat(definition.aggregation()).isEqualTo(Aggregation.MEAN);
        assertThat(definition.encoding()).isEqualTo(Encoding.of(2));
        assertThat(definition.rounds().goal()).isEmpty();
        assertThat(definition.rounds().asynchrony()).isEmpty();
        assertThat(definition.rounds().evaluateEvery()).isEqualTo(1);
        assertThat(definition.rounds().minimum()).isEqualTo(1);
        assertThat(definition.rounds().startWhen()).isEqualTo(1);
        assertThat(definition.rounds().deadline()).isEqualTo(Duration.ofSeconds(60));
        assertThat(definition.rounds().stoppingCriterion()).isEqualTo(new Patience(5, 0.002, 200));
        assertThat(definition.seed()).isEmpty();
        assertThat(definition.initialModel()).isEmpty();
    }

    @Test
    void read_roundsOfSomeDevices_haveNoServerMomentumUnlessItIsAskedFor() {
        String yaml = """
                federation: wisdm
                task: classification
                features: [{name: X0}]
                outputs: [A, B]
                rounds: {goal: 10}
                %s
                """;
        assertThat(read(yaml.formatted("")).serverOptimizer()).isEqualTo(new FedAvgStep(1));
        assertThat(read(yaml.formatted("plan: {serverOptimizer: fedavgm, serverMomentum: 0.5}"))
                        .serverOptimizer())
                .isEqualTo(new FedAvgM(1, 0.5));
    }

    @Test
    void read_regressionWithoutPlan_hasTheDefaultsOfTheTask() {
        FederationDefinition definition = read("""
                federation: air
                task: regression
                features: [{name: PM10}]
                outputs: [PM2.5, NO2]
                """);
        assertThat(definition.learningRate()).isEqualTo(new LearningRate(0.02, 0.1));
        assertThat(definition.plan().localEpochs()).isEqualTo(5);
        assertThat(definition.plan().batchSize()).isZero();
        assertThat(definition.plan().objective()).isEqualTo(Objective.SQUARED);
        assertThat(definition.plan().residualClip()).isEqualTo(5);
        assertThat(definition.schema().featureClip()).isEqualTo(20);
        assertThat(definition.serverOptimizer()).isEqualTo(new FedAvgStep(1));
        assertThat(definition.schema().outputs()).containsExactly("PM2.5", "NO2");
    }

    @Test
    void read_asynchronousMode_hasItsOwnDefaults() {
        String yaml = """
                federation: pumps
                task: classification
                features: [{name: X0}]
                outputs: [A, B]
                rounds: {mode: asynchronous, goal: 10%s}
                """;
        RoundPlan defaults = read(yaml.formatted("")).rounds();
        assertThat(defaults.asynchrony()).contains(new Asynchrony(20));
        assertThat(defaults.evaluateEvery()).isEqualTo(10);
        assertThat(defaults.startWhen()).isEqualTo(10);
        RoundPlan said =
                read(yaml.formatted(", maximumStaleness: 3, evaluateEvery: 7")).rounds();
        assertThat(said.asynchrony()).contains(new Asynchrony(3));
        assertThat(said.evaluateEvery()).isEqualTo(7);
    }

    @Test
    void read_asynchronousMode_serverStepsAreShorterTheMoreDevicesThereAreForAVersion() {
        String yaml = """
                federation: pumps
                task: classification
                features: [{name: X0}]
                outputs: [A, B]
                rounds: {mode: asynchronous, goal: 10%s}
                %s
                """;
        assertThat(read(yaml.formatted("", "")).serverOptimizer()).isEqualTo(new FedAvgStep(1));
        assertThat(read(yaml.formatted(", startWhen: 40", "")).serverOptimizer())
                .isEqualTo(new FedAvgStep(0.5));
        assertThat(read(yaml.formatted(", startWhen: 3", "")).serverOptimizer()).isEqualTo(new FedAvgStep(1));
        assertThat(read(yaml.formatted(", startWhen: 40", "plan: {serverLearningRate: 0.3}"))
                        .serverOptimizer())
                .isEqualTo(new FedAvgStep(0.3));
        assertThat(read(yaml.formatted(", startWhen: 40", "plan: {serverOptimizer: fedavgm}"))
                        .serverOptimizer())
                .isEqualTo(new FedAvgM(0.5, 0.8));
        assertThat(read(yaml.formatted(", startWhen: 40", "plan: {serverOptimizer: fedyogi}"))
                        .serverOptimizer())
                .isEqualTo(new FedYogi(0.1));
    }

    @Test
    void read_asynchronousMode_mistakesAreNamed() {
        String yaml = """
                federation: pumps
                task: classification
                features: [{name: X0}]
                outputs: [A, B]
                rounds: {%s}
                """;
        assertThat(problems(yaml.formatted("mode: asynchronous")))
                .singleElement()
                .asString()
                .contains("rounds.goal: must be a number in asynchronous mode");
        assertThat(problems(yaml.formatted("mode: asynchronous, goal: all")))
                .singleElement()
                .asString()
                .contains("rounds.goal: must be a number in asynchronous mode");
        assertThat(problems(yaml.formatted("goal: 10, maximumStaleness: 3")))
                .singleElement()
                .asString()
                .contains("rounds.maximumStaleness: must not be there without mode: asynchronous");
        assertThat(problems(yaml.formatted("mode: asynchronous, goal: 10, overSelection: 1.5")))
                .singleElement()
                .asString()
                .contains("rounds.overSelection: must not be there in asynchronous mode");
        assertThat(problems(yaml.formatted("mode: sometimes")))
                .singleElement()
                .asString()
                .contains("rounds.mode: must be one of synchronous, asynchronous");
    }

    @Test
    void read_everythingSaid_isTaken() {
        FederationDefinition definition = read("""
                federation: pumps
                task: classification
                features:
                  - {name: X0, unit: g, minimum: -1, maximum: 1, required: true}
                outputs: [A, B]
                plan: {model: linear, localEpochs: 2, batchSize: 8, learningRate: 0.1, schedule: inverse,
                       localOptimizer: nesterov, momentum: 0.5, objective: hinge, residualClip: none,
                       featureClip: 4, encoding: exact, minimumExamples: 3}
                rounds: {goal: 20, minimum: 10, deadline: 5m, startWhen: 30, stop: {trainRounds: 40}}
                seed: -7
                """);
        assertThat(definition.schema().features()).containsExactly(new Feature("X0", "g", -1, 1, true));
        assertThat(definition.schema().task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(definition.plan().localOptimizer()).isEqualTo(LocalOptimizer.NESTEROV);
        assertThat(definition.plan().residualClip()).isInfinite();
        assertThat(definition.learningRate().at(10)).isEqualTo(0.05);
        assertThat(definition.encoding()).isEqualTo(Encoding.of(1));
        assertThat(definition.rounds().goal()).hasValue(20);
        assertThat(definition.rounds().stoppingCriterion()).isEqualTo(new FixedTrainRounds(40));
        assertThat(definition.seed()).hasValue(-7);
    }

    @Test
    void read_manyMistakes_namesAllWithLineAndReason() {
        assertThat(problems("""
                federation: a/b
                task: classification
                features: [{name: X0}, {name: X0}, {unit: g}, {name: X1, minimum: 2, maximum: 1}]
                outputs: [A]
                plan:
                  objective: squared
                  encoding: zip
                  featureClip: 0
                  learningRate: -1
                  schedule: sometimes
                  localEpohcs: 3
                rounds:
                  goal: 5
                  minimum: 10
                  startWhen: 3
                  deadline: 0s
                  stop: {trainRounds: 3, patience: 2}
                initialModel: nothing.tribuo
                """))
                .anySatisfy(line -> assertThat(line).contains(":1: federation: federation must be 1 to 64 of"))
                .anySatisfy(line -> assertThat(line).contains(":3: features[1].name: must be distinct, \"X0\""))
                .anySatisfy(line -> assertThat(line).contains(":3: features[2].name: is missing"))
                .anySatisfy(line -> assertThat(line).contains(":3: features[3].minimum: must be <= maximum 1.0"))
                .anySatisfy(line -> assertThat(line).contains(":4: outputs: must be at least 2 labels"))
                .anySatisfy(line ->
                        assertThat(line).contains(":6: plan.objective: must fit the task classification, was squared"))
                .anySatisfy(line -> assertThat(line)
                        .contains(":7: plan.encoding: must be one of exact, int8, float16, dither, deadzone-ef, ring,"
                                + " stochastic, was \"zip\""))
                .anySatisfy(line -> assertThat(line).contains(":8: plan.featureClip: must be > 0, was 0.0"))
                .anySatisfy(line -> assertThat(line).contains(":9: plan.learningRate: must be > 0, was -1.0"))
                .anySatisfy(
                        line -> assertThat(line).contains(":10: plan.schedule: must be one of constant, inverse, was"))
                .anySatisfy(line ->
                        assertThat(line).contains(":11: plan.localEpohcs: unknown key; did you mean localEpochs?"))
                .anySatisfy(line -> assertThat(line).contains(":13: rounds.goal: must be >= minimum 10, was 5"))
                .anySatisfy(line -> assertThat(line).contains(":15: rounds.startWhen: must be >= minimum 10, was 3"))
                .anySatisfy(line -> assertThat(line).contains(":16: rounds.deadline: must be > 0s"))
                .anySatisfy(line -> assertThat(line).contains(":17: rounds.stop.patience: must not be there beside"))
                .anySatisfy(line -> assertThat(line).contains(":18: initialModel: must be a readable file"))
                .hasSize(16);
    }

    @Test
    void read_outputThatIsAFeature_isRefused() {
        assertThat(problems("""
                federation: air
                task: regression
                features: [{name: PM10}]
                outputs: [PM10]
                """))
                .singleElement()
                .asString()
                .contains("outputs: must not be features too, was \"PM10\"");
    }

    @Test
    void read_emptyFile_saysWhatIsMissing() {
        assertThat(problems("# nothing\n"))
                .anySatisfy(line -> assertThat(line).contains("federation: is missing"))
                .anySatisfy(line -> assertThat(line).contains("task: is missing"))
                .anySatisfy(line -> assertThat(line).contains("features: must not be empty"))
                .anySatisfy(line -> assertThat(line).contains("outputs: must not be empty"));
    }

    @Test
    void read_modelAndTraining_canBeChosen() {
        FederationDefinition definition = read("""
                federation: wisdm
                task: classification
                features: [{name: X0}, {name: X1}]
                outputs: [A, B]
                plan: {model: perceptron, hiddenUnits: 7, normalization: device, featureClip: none,
                       proximalMu: 0.01, personalize: true, personalEpochs: 20}
                """);
        assertThat(definition.schema().architecture()).isEqualTo(new Architecture.Perceptron(7));
        assertThat(definition.schema().normalization()).isEqualTo(Normalization.DEVICE);
        assertThat(definition.schema().featureClip()).isInfinite();
        assertThat(definition.plan().proximalMu()).isEqualTo(0.01);
        assertThat(definition.plan().personalEpochs()).isEqualTo(20);
        assertThat(definition.plan().solver()).isEqualTo(Solver.SGD);
    }

    @Test
    void read_exactSolver_isForLinearModelsOfSquaredLossInOneRound() {
        String yaml = """
                federation: air
                task: %s
                features: [{name: X0}]
                outputs: [A, B]
                plan: {solver: exact%s}
                %s
                """;
        assertThat(read(yaml.formatted("regression", "", "")).plan().solver()).isEqualTo(Solver.EXACT);
        assertThat(read(yaml.formatted("regression", ", ridge: 2", "")).plan().ridge())
                .hasValue(2);
        assertThat(problems(yaml.formatted("classification", "", "")))
                .singleElement()
                .asString()
                .contains("plan.solver: must be sgd for objective log; exact is for squared alone");
        assertThat(problems(yaml.formatted("regression", ", objective: huber", "")))
                .singleElement()
                .asString()
                .contains("plan.solver: must be sgd for objective huber");
        assertThat(problems(yaml.formatted("regression", ", model: perceptron", "")))
                .singleElement()
                .asString()
                .contains("plan.solver: must be sgd for a perceptron");
        assertThat(problems(yaml.formatted("regression", "", "rounds: {mode: asynchronous, goal: 3}")))
                .singleElement()
                .asString()
                .contains("plan.solver: must be sgd in asynchronous mode");
        assertThat(problems(yaml.formatted("regression", ", aggregation: fedavg", "")))
                .singleElement()
                .asString()
                .contains("plan.aggregation: must not be there with solver exact");
        String features = IntStream.range(0, 2_001)
                .mapToObj(i -> "{name: X" + i + "}")
                .collect(Collectors.joining(", ", "features: [", "]"));
        assertThat(problems(yaml.formatted("regression", "", "").replace("features: [{name: X0}]", features)))
                .singleElement()
                .asString()
                .contains("plan.solver: must be sgd for more than 2000 features, were 2001");
        assertThat(problems(yaml.formatted("regression", ", localEpochs: 3", "")))
                .singleElement()
                .asString()
                .contains("plan.localEpochs: must not be there with solver exact");
    }

    @Test
    void read_perceptronThatCannotBe_isNamed() throws IOException {
        Files.writeString(folder.resolve("start.tribuo"), "");
        String yaml = """
                federation: wisdm
                task: classification
                features: [{name: X0}, {name: X1}]
                outputs: [%s]
                plan: {model: perceptron, hiddenUnits: %s}
                %s
                """;
        assertThat(read(yaml.formatted("A, B", 10, "")).schema().layout().size())
                .isEqualTo(10 * 3 + 11);
        String many = java.util.stream.IntStream.range(0, 400)
                .mapToObj(label -> "L" + label)
                .collect(java.util.stream.Collectors.joining(", "));
        assertThat(problems(yaml.formatted(many, 10_000, "")))
                .singleElement()
                .asString()
                .contains(
                        "plan.hiddenUnits: must make at most 4000000 weights, made 4030400 of 2 features and 400 outputs");
        assertThat(problems(yaml.formatted("A, B", 0, "")))
                .singleElement()
                .asString()
                .contains("plan.hiddenUnits");
        assertThat(problems(yaml.formatted("A, B", 10, "initialModel: start.tribuo")))
                .singleElement()
                .asString()
                .contains("initialModel: must not be there for a perceptron");
    }

    @Test
    void read_keysWithoutTheirFeature_areNamed() {
        String yaml = """
                federation: wisdm
                task: classification
                features: [{name: X0}]
                outputs: [A, B]
                plan: {%s}
                """;
        assertThat(problems(yaml.formatted("hiddenUnits: 3")))
                .singleElement()
                .asString()
                .contains("plan.hiddenUnits: must not be there unless model is perceptron");
        assertThat(problems(yaml.formatted("personalEpochs: 3")))
                .singleElement()
                .asString()
                .contains("plan.personalEpochs: must not be there without personalize: true");
        assertThat(problems(yaml.formatted("ridge: 3")))
                .singleElement()
                .asString()
                .contains("plan.ridge: must not be there unless solver is exact");
    }

    private List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(yaml))
                .problems();
    }

    private FederationDefinition read(String yaml) {
        try {
            Path file = folder.resolve("federation.yaml");
            Files.writeString(file, yaml);
            return FederationFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
