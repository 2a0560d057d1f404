package dev.tributary.agent.simulate;

import dev.tributary.agent.examples.ExampleSource;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import java.util.ArrayList;
import java.util.List;

/** The examples of a Byzantine device: none to evaluate on, and wrong targets to train on if that is its attack. */
record ByzantineExamples(ExampleSource honest, ByzantineDevices plan) implements ExampleSource {
    @Override
    public List<RawExample> trainPart(ModelSchema schema) {
        List<RawExample> rows = honest.trainPart(schema);
        return plan.attack() == ByzantineDevices.Attack.LABELS ? mirrored(schema, rows) : rows;
    }

    /** Label k of K becomes K − 1 − k, a number the one as far on the other side of the device's mean. */
    private static List<RawExample> mirrored(ModelSchema schema, List<RawExample> rows) {
        double[] sums = new double[schema.outputs().size()];
        if (schema.task() == Task.CLASSIFICATION) {
            sums[0] = schema.outputs().size() - 1;
        } else {
            for (RawExample row : rows) {
                for (int k = 0; k < sums.length; k++) {
                    sums[k] += 2 * row.target()[k] / rows.size();
                }
            }
        }
        List<RawExample> mirrored = new ArrayList<>(rows.size());
        for (RawExample row : rows) {
            double[] target = row.target().clone();
            for (int k = 0; k < target.length; k++) {
                target[k] = sums[k] - target[k];
            }
            mirrored.add(new RawExample(row.features(), target));
        }
        return mirrored;
    }

    @Override
    public List<RawExample> testPart(ModelSchema schema) {
        return List.of();
    }

    @Override
    public List<RawExample> all(ModelSchema schema) {
        return honest.all(schema);
    }

    @Override
    public long count() {
        return honest.count();
    }
}
