package dev.tributary.export;

import static dev.tributary.export.JsonText.number;
import static dev.tributary.export.JsonText.string;

import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A model as JSON for people and for programs without a library: everything needed to apply it, and how. Weights are
 * those of standardised inputs, by output and feature name; {@code null} is an absent bound or clip.
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
        line("format", string("tributary-linear-model"));
        line("formatVersion", "1");
        line("modelVersion", Long.toString(model.version()));
        line("task", string(classification ? "classification" : "regression"));
        line("schemaRevision", Integer.toString(schema.revision()));
        line(
                "schemaFingerprint",
                string(HexFormat.of().formatHex(schema.fingerprint().toBytes())));
        line("featureClip", number(schema.featureClip()));
        line(
                "apply",
                string("z = clip((x - mean) / scale, -featureClip, featureClip), 0 where x is missing; score = bias +"
                        + " sum of weight * z; "
                        + (classification ? "probabilities = softmax(scores)" : "value = score * scale + mean")));
        features();
        outputs();
        json.append("}\n");
        out.write(json.toString().getBytes(StandardCharsets.UTF_8));
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

    private void outputs() {
        int columns = schema.features().size() + 1;
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
            json.append(", \"bias\": ").append(number(model.weights().values().get(k * columns + columns - 1)));
            json.append(", \"weights\": {");
            for (int j = 0; j < columns - 1; j++) {
                json.append(j == 0 ? "" : ", ")
                        .append(string(schema.features().get(j).name()));
                json.append(": ").append(number(model.weights().values().get(k * columns + j)));
            }
            json.append("}}");
        }
        json.append("\n  ]\n");
    }
}
