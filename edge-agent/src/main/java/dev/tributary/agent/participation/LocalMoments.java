package dev.tributary.agent.participation;

import dev.tributary.learning.Examples;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Moments;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import java.util.List;

/**
 * The moments of raw rows by the update of Welford (1962), missing values not counted, as "Federated standardisation" in
 * the algorithms asks for.
 */
final class LocalMoments {
    private LocalMoments() {}

    static Moments of(ModelSchema schema, List<Examples.RawExample> rows) {
        int features = schema.features().size();
        boolean classification = schema.task() == Task.CLASSIFICATION;
        int outputs = classification ? 0 : schema.outputs().size();
        double[] columns = new double[3 * (features + outputs)];
        double[] labels = new double[classification ? schema.outputs().size() : 0];
        for (Examples.RawExample row : rows) {
            for (int j = 0; j < features; j++) {
                add(columns, j, row.features()[j]);
            }
            for (int k = 0; k < outputs; k++) {
                add(columns, features + k, row.target()[k]);
            }
            if (classification) {
                labels[(int) row.target()[0]]++;
            }
        }
        return new Moments(Vector.of(columns), Vector.of(labels));
    }

    private static void add(double[] columns, int column, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        int at = 3 * column;
        double count = ++columns[at];
        double deviation = value - columns[at + 1];
        columns[at + 1] += deviation / count;
        columns[at + 2] += deviation * (value - columns[at + 1]);
    }
}
