package dev.tributary.coordinator.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ConfigurationException;
import dev.tributary.model.TrainingPlan.LocalOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys say nothing beside {@code solver: exact}, and so are refused rather than read in vain. */
class ExactSolverKeysTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batchSize: 8 | batchSize: must not be there with solver exact, which takes no steps",
                "learningRate: 0.1 | learningRate: must not be there with solver exact, which takes no steps",
                "localOptimizer: sgd | localOptimizer: must not be there with solver exact, which takes no steps",
                "momentum: 0.5 | momentum: must not be there with solver exact, which takes no steps",
                "residualClip: 3 | residualClip: must not be there with solver exact, which takes no steps"
            })
    void read_stepsOfSolvedWeights_areRefusedUnlessPersonalModelsTakeThem(String key, String problem)
            throws IOException {
        assertThat(problem(key)).contains("plan." + problem);
        assertThat(problem(key + ", personalize: false")).contains("plan." + problem);
        assertThat(read(key + ", personalize: true").plan().personalEpochs()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localEpochs: 3 | localEpochs: must not be there with solver exact, which takes no steps; a personal",
                "proximalMu: 0.1 | proximalMu: must not be there with solver exact, which takes no steps; each device",
                "schedule: constant | schedule: must not be there with solver exact, which has one round",
                "encoding: int8 | encoding: must not be there with solver exact, which sends sums as they are",
                "serverOptimizer: fedavg | serverOptimizer: must not be there with solver exact, which has no delta"
            })
    void read_whatNotEvenPersonalModelsUse_isRefused(String key, String problem) throws IOException {
        assertThat(problem(key)).contains("plan." + problem);
        assertThat(problem(key + ", personalize: true")).contains("plan." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encoding: dither, encodingStep: 2 | encodingStep",
                "encoding: deadzone-ef, encodingDeadZone: 0.4 | encodingDeadZone",
                "encoding: ring, encodingStep: 0.01, encodingBits: 8 | encodingBits"
            })
    void read_parametersOfAnEncoding_areRefusedWithIt(String keys, String parameter) {
        assertThat(problem("personalize: true, " + keys))
                .contains("plan." + parameter + ": must not be there with solver exact, which sends sums");
    }

    @Test
    void read_personalModelsOfASolvedOne_areTunedAsThePlanSays() throws IOException {
        assertThat(read("personalize: true, localOptimizer: nesterov").plan().localOptimizer())
                .isEqualTo(LocalOptimizer.NESTEROV);
    }

    private String problem(String keys) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(keys)).problems().stream()
                .reduce((one, other) -> one + "\n" + other)
                .orElseThrow();
    }

    private FederationDefinition read(String keys) throws IOException {
        Path file = folder.resolve("federation.yaml");
        Files.writeString(
                file,
                "{federation: air, task: regression, features: [{name: X0}], outputs: [A], plan: {solver: exact, "
                        + keys + "}}");
        return FederationFile.read(file);
    }
}
