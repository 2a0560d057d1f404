package dev.tributary.learning;

import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import java.util.List;

/**
 * Standardised examples as flat rows: float features [n × D], and targets [n × T] where T is 1 (the label's index) for
 * classification and K (standardised values) for regression.
 */
public final class Examples {
    private final int count;
    private final int featureCount;
    private final int targetCount;
    private final float[] features;
    private final float[] targets;

    private Examples(int count, int featureCount, int targetCount, float[] features, float[] targets) {
        this.count = count;
        this.featureCount = featureCount;
        this.targetCount = targetCount;
        this.features = features;
        this.targets = targets;
    }

    /**
     * A raw row: feature values in schema order with NaN for missing, and the label's index or the K target values.
     */
    @SuppressWarnings("ArrayRecordComponent") // rows are many and a device is small: they are not copied
    public record RawExample(double[] features, double[] target) {}

    /** These raw rows, standardised and clipped as {@code schema} says; it must have a standardiser. */
    public static Examples standardised(ModelSchema schema, List<RawExample> rows) {
        Standardiser standardiser = schema.standardiser()
                .orElseThrow(() -> new IllegalArgumentException("schema must have a standardiser, had none"));
        int featureCount = schema.features().size();
        boolean regression = schema.task() == Task.REGRESSION;
        int targetCount = regression ? schema.outputs().size() : 1;
        float[] features = new float[Math.multiplyExact(rows.size(), featureCount)];
        float[] targets = new float[Math.multiplyExact(rows.size(), targetCount)];
        for (int i = 0; i < rows.size(); i++) {
            RawExample row = rows.get(i);
            for (int j = 0; j < featureCount; j++) {
                features[i * featureCount + j] =
                        (float) standardiser.feature(j, row.features()[j], schema.featureClip());
            }
            for (int k = 0; k < targetCount; k++) {
                double raw = row.target()[k];
                targets[i * targetCount + k] = (float) (regression ? standardiser.output(k, raw) : raw);
            }
        }
        return new Examples(rows.size(), featureCount, targetCount, features, targets);
    }

    /** The number of examples, n. */
    public int count() {
        return count;
    }

    /** The number of features, D. */
    public int featureCount() {
        return featureCount;
    }

    /** The number of targets of an example, T. */
    public int targetCount() {
        return targetCount;
    }

    /** Copies example {@code index}'s D features into {@code target}, from its start. */
    public void copyFeatures(int index, double[] target) {
        int at = index * featureCount;
        for (int j = 0; j < featureCount; j++) {
            target[j] = features[at + j];
        }
    }

    /** Target {@code output} of example {@code index}. */
    public float target(int index, int output) {
        return targets[index * targetCount + output];
    }

    /** The label's index of example {@code index}, for classification. */
    public int label(int index) {
        return (int) targets[index];
    }
}
