package dev.tributary.export;

import static dev.tributary.export.JsonText.number;
import static dev.tributary.export.JsonText.string;

import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.ParameterLayout.Block;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model as JSON for people and for programs without a library: everything needed to apply it, and how. Weights are
 * those of standardised inputs, by output and feature name, or of hidden units in order; {@code null} is an absent bound or
 * clip.
 */
final class JsonFile {
    private final GlobalModel model;
    private final ModelSchema schema;
    private final Standardiser standardiser;
    private final StringBuilder json = new StringBuilder();

    JsonFile(GlobalModel model) {
        this.model = model;
        this.schema = model.schema();
        this.standardiser = schema.standardiser().orElseThrow();
    }

    void write(OutputStream out) throws IOException {
        boolean classification = schema.task() == Task.CLASSIFICATION;
        json.append("{\n");
        line("format", string(isLinear() ? "tributary-linear-model" : "tributary-perceptron-model"));
        line("formatVersion", "1");
        line("modelVersion", Long.toString(model.version()));
        line("task", string(classification ? "classification" : "regression"));
        line("schemaRevision", Integer.toString(schema.revision()));
        line(
                "schemaFingerprint",
                string(HexFormat.of().formatHex(schema.fingerprint().toBytes())));
        line("featureClip", number(schema.featureClip()));
        line("apply", string(apply(classification)));
        features();
        if (!isLinear()) {
            hidden();
        }
        outputs();
        json.append("}\n");
        out.write(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isLinear() {
        return schema.architecture() instanceof Architecture.Linear;
    }

    private String apply(boolean classification) {
        String inputs = "z = clip((x - mean) / scale, -featureClip, featureClip), 0 where x is missing; ";
        String scores = isLinear()
                ? "score = bias + sum of weight * z; "
                : "h = max(0, bias + sum of weight * z) for each hidden unit; score = bias + sum of weight * h, 0 for an"
                        + " output without weights; ";
        return inputs + scores + (classification ? "probabilities = softmax(scores)" : "value = score * scale + mean");
    }

    private void line(String key, String value) {
        json.append("  ").append(string(key)).append(": ").append(value).append(",\n");
    }

    private void features() {
        json.append("  \"features\": [\n");
        for (int j = 0; j < schema.features().size(); j++) {
            Feature feature = schema.features().get(j);
            json.append(j == 0 ? "" : ",\n").append("    {\"name\": ").append(string(feature.name()));
            json.append(", \"unit\": ").append(string(feature.unit()));
            json.append(", \"minimum\": ").append(number(feature.minimum()));
            json.append(", \"maximum\": ").append(number(feature.maximum()));
            json.append(", \"required\": ").append(feature.required());
            json.append(", \"mean\": ").append(number(standardiser.featureMean().get(j)));
            json.append(", \"scale\": ")
                    .append(number(standardiser.featureScale().get(j)));
            json.append('}');
        }
        json.append("\n  ],\n");
    }

    /** The hidden units of a perceptron, by feature name. */
    private void hidden() {
        Block hidden = block(0);
        json.append("  \"hidden\": [\n");
        for (int h = 0; h < hidden.rows(); h++) {
            json.append(h == 0 ? "" : ",\n").append("    {");
            weightsByFeature(h * hidden.columns());
            json.append('}');
        }
        json.append("\n  ],\n");
    }

    private void outputs() {
        json.append("  \"outputs\": [\n");
        for (int k = 0; k < schema.outputs().size(); k++) {
            json.append(k == 0 ? "" : ",\n").append("    {\"name\": ");
            json.append(string(schema.outputs().get(k)));
            if (schema.task() == Task.REGRESSION) {
                json.append(", \"mean\": ")
                        .append(number(standardiser.outputMean().get(k)));
                json.append(", \"scale\": ")
                        .append(number(standardiser.outputScale().get(k)));
            }
            weightsOfOutput(k);
            json.append("}");
        }
        json.append("\n  ]\n");
    }

    /** A sigmoid unit is that of the second of two labels; the first has none. */
    private void weightsOfOutput(int output) {
        if (isLinear()) {
            json.append(", ");
            weightsByFeature(output * block(0).columns());
            return;
        }
        Block block = block(1);
        int row = output - (schema.outputs().size() - block.rows());
        if (row >= 0) {
            int at = block(0).size() + row * block.columns();
            json.append(", \"bias\": ").append(number(weight(at + block.columns() - 1)));
            json.append(", \"weights\": ")
                    .append(IntStream.range(at, at + block.columns() - 1)
                            .mapToObj(i -> number(weight(i)))
                            .collect(Collectors.joining(", ", "[", "]")));
        }
    }

    /** The row of weights from {@code at} on, one for each feature and then the bias. */
    private void weightsByFeature(int at) {
        int features = schema.features().size();
        json.append("\"bias\": ").append(number(weight(at + features)));
        json.append(", \"weights\": {");
        for (int j = 0; j < features; j++) {
            json.append(j == 0 ? "" : ", ")
                    .append(string(schema.features().get(j).name()));
            json.append(": ").append(number(weight(at + j)));
        }
        json.append('}');
    }

    private Block block(int index) {
        return model.weights().layout().blocks().get(index);
    }

    private double weight(int index) {
        return model.weights().values().get(index);
    }
}
