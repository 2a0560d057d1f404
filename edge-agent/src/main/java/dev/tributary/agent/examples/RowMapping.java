package dev.tributary.agent.examples;

import dev.tributary.learning.Examples;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns rows with certain columns into raw examples of one schema, by name, as {@link ExampleSource} says; immutable. */
public final class RowMapping {
    private final ModelSchema schema;
    private final Columns columns;
    private final int[] featureColumns;
    private final int[] outputColumns;
    private final Map<String, Integer> labels = new HashMap<>();

    /** The mapping from {@code columns} to {@code schema}. */
    public RowMapping(ModelSchema schema, Columns columns) {
        this.schema = schema;
        this.columns = columns;
        this.featureColumns =
                positions(schema.features().stream().map(Feature::name).toList());
        boolean classification = schema.task() == Task.CLASSIFICATION;
        this.outputColumns = classification ? new int[0] : positions(schema.outputs());
        for (int k = 0; classification && k < schema.outputs().size(); k++) {
            labels.put(schema.outputs().get(k), k);
        }
    }

    private int[] positions(List<String> names) {
        return names.stream().mapToInt(columns::indexOf).toArray();
    }

    /** Whether this maps rows with these columns. */
    public boolean fits(Columns other) {
        return columns.equals(other);
    }

    /** The row as a raw example; empty when it cannot be one of this schema. */
    public Optional<Examples.RawExample> map(Row row) {
        Optional<double[]> features = features(row);
        Optional<double[]> target = target(row);
        return features.isEmpty() || target.isEmpty()
                ? Optional.empty()
                : Optional.of(new Examples.RawExample(features.get(), target.get()));
    }

    /** The row's features in schema order; empty when a required one is missing. */
    public Optional<double[]> features(Row row) {
        double[] features = new double[featureColumns.length];
        for (int j = 0; j < features.length; j++) {
            Feature feature = schema.features().get(j);
            double value = featureColumns[j] < 0 ? Double.NaN : row.value(featureColumns[j]);
            features[j] = feature.accepts(value) ? value : Double.NaN;
            if (feature.required() && Double.isNaN(features[j])) {
                return Optional.empty();
            }
        }
        return Optional.of(features);
    }

    private Optional<double[]> target(Row row) {
        if (schema.task() == Task.CLASSIFICATION) {
            return row.label().map(labels::get).map(index -> new double[] {index});
        }
        double[] target = new double[outputColumns.length];
        for (int k = 0; k < target.length; k++) {
            target[k] = outputColumns[k] < 0 ? Double.NaN : row.value(outputColumns[k]);
            if (!Double.isFinite(target[k])) {
                return Optional.empty();
            }
        }
        return Optional.of(target);
    }
}
