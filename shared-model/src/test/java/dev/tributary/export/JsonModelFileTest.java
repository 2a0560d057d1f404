package dev.tributary.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ConfigurationException;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonModelFileTest {
    @TempDir
    private Path folder;

    @Test
    void read_ownExport_isTheSameModelBitForBit() throws IOException {
        for (GlobalModel model : ExportedModels.all()) {
            GlobalModel read = JsonModelFile.read(save(text(model)));
            assertThat(read.weights()).isEqualTo(model.weights());
            assertThat(read.version()).isEqualTo(17);
            assertThat(read.schema().standardiser()).isEqualTo(model.schema().standardiser());
            assertThat(read.schema().outputs()).isEqualTo(model.schema().outputs());
            assertThat(read.schema().architecture()).isEqualTo(model.schema().architecture());
            assertThat(read.schema().featureClip()).isEqualTo(model.schema().featureClip());
            assertThat(read.schema().features().stream().map(Feature::name))
                    .containsExactlyElementsOf(model.schema().features().stream()
                            .map(Feature::name)
                            .toList());
        }
    }

    @Test
    void read_whatIsNoExport_isRefusedByLine() throws IOException {
        String good = text(ExportedModels.CLASSIFIER);
        assertThat(problem("{\"format\": \"onnx\"}"))
                .contains("model.json:1: format: must be tributary-linear-model or tributary-perceptron-model, was");
        assertThat(problem("no model")).contains("model.json:1: must be a mapping");
        assertThat(problem(good.replace("\"formatVersion\": 1", "\"formatVersion\": 2")))
                .contains("formatVersion: must be");
        assertThat(problem(good.replaceFirst("\"bias\": [^,]*,", "\"bias\": null,")))
                .contains("outputs[0].bias: must be a number, was not there");
        assertThat(problem(good.replaceFirst("\"weights\": \\{\"f2\": [^,]*,", "\"weights\": {")))
                .contains("outputs[0].weights.f2: must be a number, was not there");
        assertThat(problem(good.replaceFirst("\"scale\": [^}]*}", "\"scale\": -1}")))
                .contains("model.json: featureScale[0] must be > 0, was -1.0");
        assertThat(problem(text(ExportedModels.SOFTMAX).replaceFirst("\"weights\": \\[[^,]*,", "\"weights\": [")))
                .contains("outputs[0].weights: must be 5, one for each hidden unit, were 4");
        assertThat(problem(text(ExportedModels.SOFTMAX).replaceFirst("\"weights\": \\[[^,]*,", "\"weights\": [x,")))
                .contains("outputs[0].weights: must be numbers, one was \"x\"");
    }

    private static String text(GlobalModel model) throws IOException {
        return new String(ExportedModels.write(model, ModelFormat.JSON), StandardCharsets.UTF_8);
    }

    private Path save(String text) throws IOException {
        return Files.writeString(folder.resolve("model.json"), text);
    }

    private String problem(String text) throws IOException {
        Path path = save(text);
        return String.join(
                "\n",
                catchThrowableOfType(ConfigurationException.class, () -> JsonModelFile.read(path))
                        .problems());
    }
}
