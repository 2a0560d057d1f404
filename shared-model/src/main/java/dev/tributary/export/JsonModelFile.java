package dev.tributary.export;

import dev.tributary.config.Configuration;
import dev.tributary.config.ConfigurationException;
import dev.tributary.config.Section;
import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a model that {@link ModelExport} wrote as JSON: the same weights, bit for bit, with the standardiser that they belong
 * to. The schema has what the weights depend on; bounds of features are left out.
 */
public final class JsonModelFile {
    private static final String LINEAR = "tributary-linear-model";
    private static final String PERCEPTRON = "tributary-perceptron-model";

    private final Configuration file;
    private final Section root;
    private final List<Section> features;
    private final List<Section> hidden;
    private final List<Section> outputs;

    private JsonModelFile(Configuration file) {
        this.file = file;
        this.root = file.root();
        this.features = root.sections("features");
        this.hidden = root.sections("hidden");
        this.outputs = root.sections("outputs");
    }

    /**
     * The model in {@code path}.
     *
     * @throws ConfigurationException naming the file, the line and what is wrong
     */
    public static GlobalModel read(Path path) {
        // JSON is a subset of YAML.
        return new JsonModelFile(Configuration.load(path, Map.of())).read();
    }

    private GlobalModel read() {
        String format = root.text("format");
        boolean isPerceptron = format.equals(PERCEPTRON);
        if (!isPerceptron && !format.equals(LINEAR)) {
            root.problem("format", "must be " + LINEAR + " or " + PERCEPTRON + ", was \"" + format + "\"");
            throw new ConfigurationException(file.problems());
        }
        root.integer("formatVersion", 1, 1);
        long version = root.integer("modelVersion", 0, Long.MAX_VALUE);
        Task task = root.choice("task", Task.class, null);
        double clip = root.has("featureClip") ? finite(root, "featureClip") : Double.POSITIVE_INFINITY;
        Vector featureMeans = column(features, "mean");
        Vector featureScales = column(features, "scale");
        List<Section> values = task == Task.REGRESSION ? outputs : List.of();
        Vector outputMeans = column(values, "mean");
        Vector outputScales = column(values, "scale");
        List<Feature> columns = features.stream().map(JsonModelFile::feature).toList();
        List<String> names = outputs.stream().map(one -> one.text("name")).toList();
        requireNoProblems();
        try {
            ModelSchema schema = new ModelSchema(
                    1,
                    task,
                    columns,
                    names,
                    Optional.of(new Standardiser(featureMeans, featureScales, outputMeans, outputScales)),
                    clip,
                    Normalization.GLOBAL,
                    isPerceptron ? new Architecture.Perceptron(hidden.size()) : Architecture.LINEAR);
            Vector weights = weights(schema, isPerceptron);
            requireNoProblems();
            return new GlobalModel(version, schema, new Weights(schema.layout(), weights));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(file.file() + ": " + e.getMessage()));
        }
    }

    private void requireNoProblems() {
        if (!file.problems().isEmpty()) {
            throw new ConfigurationException(file.problems());
        }
    }

    private static Feature feature(Section section) {
        return new Feature(
                section.has("name") ? section.text("name") : "?",
                section.text("unit", ""),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                false);
    }

    private static Vector column(List<Section> rows, String key) {
        return Vector.of(rows.stream().mapToDouble(row -> finite(row, key)).toArray());
    }

    private static double finite(Section section, String key) {
        if (!section.has(key)) {
            section.problem(key, "must be a number, was not there");
            return 1;
        }
        return section.number(key, 1, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    private Vector weights(ModelSchema schema, boolean isPerceptron) {
        Vector.Builder weights = Vector.builder(schema.layout().size());
        int at = 0;
        for (Section unit : isPerceptron ? hidden : outputs) {
            Section byFeature = unit.section("weights");
            for (Feature feature : schema.features()) {
                weights.set(at++, finite(byFeature, feature.name()));
            }
            weights.set(at++, finite(unit, "bias"));
        }
        if (isPerceptron) {
            int without = outputs.size() - schema.layout().blocks().get(1).rows();
            for (Section output : outputs.subList(without, outputs.size())) {
                at = hiddenWeights(output, weights, at);
            }
        }
        return weights.build();
    }

    /** The weights of an output over the hidden units, in their order. */
    private int hiddenWeights(Section output, Vector.Builder weights, int begin) {
        List<String> texts = output.texts("weights");
        if (texts.size() != hidden.size()) {
            output.problem("weights", "must be " + hidden.size() + ", one for each hidden unit, were " + texts.size());
            return begin;
        }
        int at = begin;
        for (String text : texts) {
            weights.set(at++, number(output, text));
        }
        weights.set(at++, finite(output, "bias"));
        return at;
    }

    private static double number(Section output, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        output.problem("weights", "must be numbers, one was \"" + text + "\"");
        return 1;
    }
}
