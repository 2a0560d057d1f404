package dev.tributary.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.learning.Predictors;
import dev.tributary.model.Architecture;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** JSON is YAML, so the YAML parser reads it back. */
class JsonExportTest {
    static Stream<GlobalModel> models() {
        return ExportedModels.all().stream();
    }

    @SuppressWarnings("unchecked") // JSON objects
    private static Map<String, Object> read(GlobalModel model) throws IOException {
        String text = new String(ExportedModels.write(model, ModelFormat.JSON), StandardCharsets.UTF_8);
        LoadSettings settings =
                LoadSettings.builder().setSchema(new JsonSchema()).build();
        return (Map<String, Object>) new Load(settings).loadFromString(text);
    }

    @SuppressWarnings("unchecked") // JSON arrays of objects
    private static List<Map<String, Object>> list(Map<String, Object> json, String key) {
        return (List<Map<String, Object>>) json.get(key);
    }

    private static double number(Map<?, ?> json, String key) {
        return ((Number) json.get(key)).doubleValue();
    }

    /** As the "apply" line of the file says. */
    private static double score(Map<String, Object> json, int output, double[] row) {
        Map<String, Object> of = list(json, "outputs").get(output);
        double score = 0;
        if (of.get("weights") instanceof List<?> weights) {
            score = number(of, "bias");
            for (int h = 0; h < weights.size(); h++) {
                double hidden = linear(json, list(json, "hidden").get(h), row);
                score += ((Number) weights.get(h)).doubleValue() * Math.max(0, hidden);
            }
        } else if (of.containsKey("weights")) {
            score = linear(json, of, row);
        }
        return of.containsKey("scale") ? score * number(of, "scale") + number(of, "mean") : score;
    }

    private static double linear(Map<String, Object> json, Map<String, Object> unit, double[] row) {
        double clip = json.get("featureClip") == null ? Double.POSITIVE_INFINITY : number(json, "featureClip");
        double sum = number(unit, "bias");
        for (int j = 0; j < row.length; j++) {
            Map<String, Object> feature = list(json, "features").get(j);
            double z = (row[j] - number(feature, "mean")) / number(feature, "scale");
            z = Double.isNaN(z) ? 0 : Math.max(-clip, Math.min(clip, z));
            sum += z * number((Map<?, ?>) unit.get("weights"), (String) feature.get("name"));
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("models")
    void write_appliedByHand_predictsTheSame(GlobalModel model) throws IOException {
        Map<String, Object> json = read(model);
        for (double[] row : ExportedModels.rowsWithGaps(model)) {
            Vector expected = Predictors.of(model).predict(row);
            double sum = 0;
            for (int k = 0; k < expected.length(); k++) {
                sum += Math.exp(score(json, k, row));
            }
            for (int k = 0; k < expected.length(); k++) {
                double score = score(json, k, row);
                double actual = json.get("task").equals("regression") ? score : Math.exp(score) / sum;
                assertThat(actual).isCloseTo(expected.get(k), within(1e-9 * Math.max(1, Math.abs(expected.get(k)))));
            }
        }
    }

    @Test
    void write_schema_isAllThere() throws IOException {
        Map<String, Object> json = read(ExportedModels.CLASSIFIER);
        assertThat(json)
                .containsEntry("format", "tributary-linear-model")
                .containsEntry("modelVersion", 17)
                .containsEntry("task", "classification");
        assertThat(list(json, "features").get(0))
                .containsEntry("name", "f2")
                .containsEntry("unit", "unit0")
                .containsEntry("maximum", null)
                .containsEntry("required", true);
        assertThat(list(json, "outputs").get(1)).containsEntry("name", "Sit \"still\"");
    }

    @Test
    void write_perceptron_saysSoAndHasItsHiddenUnits() throws IOException {
        Map<String, Object> json = read(ExportedModels.SIGMOID);
        assertThat(json).containsEntry("format", "tributary-perceptron-model");
        assertThat(list(json, "hidden")).hasSize(5);
        assertThat(list(json, "outputs").get(0)).containsOnlyKeys("name");
        assertThat(list(json, "outputs").get(1)).containsOnlyKeys("name", "bias", "weights");
    }

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void write_normalisedByEachDevice_isRefusedWithTheReason(ModelFormat format) {
        GlobalModel model = ExportedModels.with(ExportedModels.CLASSIFIER, Normalization.DEVICE, Architecture.LINEAR);
        assertThatThrownBy(() -> ExportedModels.write(model, format))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("normalization: device cannot be one file for raw readings");
    }

    @Test
    void write_perceptronForTribuo_isRefusedAndNamesWhatHoldsIt() {
        assertThatThrownBy(() -> ExportedModels.write(ExportedModels.SIGMOID, ModelFormat.TRIBUO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Tribuo's format holds linear models alone, and this is a perceptron; take onnx or json");
    }

    @Test
    void string_controlCharactersAndSurrogates_areEscaped() {
        assertThat(JsonText.string("a\n\"\\\u0001😀é")).isEqualTo("\"a\\u000a\\\"\\\\\\u0001\\ud83d\\ude00é\"");
    }

    @Test
    void write_withoutStandardiser_isRefused() {
        ModelSchema full = ExportedModels.CLASSIFIER.schema();
        ModelSchema bare =
                new ModelSchema(0, full.task(), full.features(), full.outputs(), Optional.empty(), full.featureClip());
        GlobalModel model = new GlobalModel(0, bare, Weights.zeros(bare.layout()));
        for (ModelFormat format : ModelFormat.values()) {
            assertThatThrownBy(() -> ExportedModels.write(model, format))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("schema must have a standardiser, had none");
        }
    }
}
