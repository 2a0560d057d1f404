package dev.tributary.coordinator.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.codec.Codecs;
import dev.tributary.config.ConfigurationException;
import dev.tributary.protocol.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelEncodingSectionTest {
    @TempDir
    private Path folder;

    private Encoding read(String task, String plan, int features) throws IOException {
        StringBuilder names = new StringBuilder("{name: x0}");
        for (int i = 1; i < features; i++) {
            names.append(", {name: x").append(i).append('}');
        }
        Path file = folder.resolve("pumps.yaml");
        Files.writeString(
                file,
                "federation: pumps\ntask: " + task + "\nfeatures: [" + names + "]\noutputs: [A, B]\nplan: {" + plan
                        + "}\n");
        return FederationFile.read(file).modelEncoding();
    }

    @Test
    void read_nothingSaid_isDitherFromTwoHundredWeightsOn() throws IOException {
        assertThat(read("classification", "", 99)).isEqualTo(Encoding.NONE);
        assertThat(read("classification", "", 100)).isEqualTo(Codecs.DITHER.withStep(0.5));
        assertThat(read("regression", "solver: exact", 150)).isEqualTo(Encoding.NONE);
    }

    @Test
    void read_said_isTaken() throws IOException {
        assertThat(read("classification", "modelEncoding: none", 100)).isEqualTo(Encoding.NONE);
        assertThat(read("classification", "modelEncoding: dither, modelEncodingStep: 0.25", 3))
                .isEqualTo(Codecs.DITHER.withStep(0.25));
        assertThat(read("classification", "modelEncoding: stochastic", 3)).isEqualTo(Codecs.STOCHASTIC.withStep(0.5));
        assertThat(read("classification", "modelEncoding: int8", 3)).isEqualTo(Encoding.of(2));
        assertThat(read("classification", "modelEncoding: float16", 3)).isEqualTo(Encoding.of(5));
        assertThat(read("regression", "solver: exact, modelEncoding: none", 3)).isEqualTo(Encoding.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "classification | modelEncoding: exact | plan.modelEncoding: must be none or one of int8, float16, dither, stochastic",
                "classification | modelEncoding: deadzone-ef | what an encoding leaves out of a version is left out for good",
                "classification | modelEncoding: ring | plan.modelEncoding: must be none or one of",
                "regression | solver: exact, modelEncoding: dither | plan.modelEncoding: must be none with solver exact",
                "classification | modelEncodingStep: 0.5 | plan.modelEncodingStep: must not be there with modelEncoding none",
                "classification | modelEncoding: int8, modelEncodingStep: 0.5 | plan.modelEncodingStep: must not be there unless",
                "classification | modelEncoding: dither, modelEncodingStep: 0.01 | plan.modelEncodingStep: must be",
            })
    void read_whatDoesNotFit_isRefusedWithTheReason(String task, String plan, String problem) {
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> read(task, plan, 3)))
                .hasMessageContaining(problem);
    }
}
