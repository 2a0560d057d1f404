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

class EncodingSectionTest {
    @TempDir
    private Path folder;

    private Encoding read(String plan, String rounds, int features) throws IOException {
        StringBuilder names = new StringBuilder("{name: x0}");
        for (int i = 1; i < features; i++) {
            names.append(", {name: x").append(i).append('}');
        }
        Path file = folder.resolve("pumps.yaml");
        Files.writeString(
                file,
                "federation: pumps\ntask: classification\nfeatures: [" + names + "]\noutputs: [A, B]\nplan: {" + plan
                        + "}\nrounds: {" + rounds + "}\n");
        return FederationFile.read(file).encoding();
    }

    @Test
    void read_nothingSaid_isDitherFromTwoHundredWeightsOn() throws IOException {
        assertThat(read("", "", 99)).isEqualTo(Encoding.of(2));
        assertThat(read("", "", 100)).isEqualTo(Codecs.DITHER);
    }

    @Test
    void read_parameters_areTaken() throws IOException {
        assertThat(read("encoding: dither, encodingStep: 2.5", "", 3)).isEqualTo(Codecs.DITHER.withStep(2.5));
        assertThat(read("encoding: deadzone-ef, encodingStep: 1.4, encodingDeadZone: 0.45", "", 3))
                .isEqualTo(Codecs.DEAD_ZONE.withStep(1.4).withDeadZone(0.45));
        assertThat(read("encoding: ring, encodingStep: 0.001, encodingBits: 12", "", 3))
                .isEqualTo(Codecs.RING.withStep(0.001).withBits(12));
        assertThat(read("encoding: stochastic", "", 3)).isEqualTo(Codecs.STOCHASTIC);
        assertThat(read("encoding: float16", "", 3)).isEqualTo(Encoding.of(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encoding: exact, encodingStep: 1 | plan.encodingStep: must not be there unless encoding is dither",
                "encoding: dither, encodingBits: 8 | plan.encodingBits: must not be there unless encoding is ring",
                "encoding: dither, encodingDeadZone: 0.4 | plan.encodingDeadZone: must not be there unless encoding is deadzone-ef",
                "encoding: dither, encodingStep: 0.01 | plan.encodingStep: must be",
                "encoding: ring | plan.encodingStep: must be there with encoding ring",
                "encoding: counts | plan.encoding: must be one of exact, int8",
            })
    void read_whatDoesNotFit_isRefusedWithTheReason(String plan, String problem) {
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> read(plan, "", 3)))
                .hasMessageContaining(problem);
    }

    @Test
    void read_errorFeedbackInAsynchronousMode_isRefusedWithTheReason() {
        assertThat(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> read("encoding: deadzone-ef", "mode: asynchronous, goal: 5", 3)))
                .hasMessageContaining(
                        "plan.encoding: must not be deadzone-ef in asynchronous mode: what an update left out");
    }
}
