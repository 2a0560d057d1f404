package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Moments;
import dev.tributary.model.Task;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The moments of a STATISTICS round, merged in device order by Chan's formula, without the devices that lie far from the
 * fleet. Not thread-safe.
 */
public final class StatisticsMerge {
    private final ModelSchema schema;
    private final SortedMap<DeviceId, Moments> byDevice = new TreeMap<>();

    /** Nothing merged yet, for this schema. */
    public StatisticsMerge(ModelSchema schema) {
        this.schema = schema;
    }

    /**
     * What a round's moments add up to.
     *
     * @param rejected devices that were left out, each with the reason
     * @param majorityOutput the label that most examples have; empty for regression
     * @param remarks oddities that a person should know: constant or empty columns, labels that nobody has
     */
    public record Result(
            Moments moments, SortedMap<DeviceId, String> rejected, OptionalInt majorityOutput, List<String> remarks) {
        public Result {
            rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
            remarks = List.copyOf(remarks);
        }
    }

    /** Takes one device's moments. */
    public void add(DeviceId device, Moments moments) {
        byDevice.put(device, moments);
    }

    /** How many devices contributed. */
    public int contributors() {
        return byDevice.size();
    }

    /** All contributions together. */
    public Result result() {
        List<String> columns = columnNames();
        SortedMap<DeviceId, String> rejected = new OutlierRule(columns).outliers(byDevice);
        Moments merged = Moments.empty(schema);
        for (Map.Entry<DeviceId, Moments> entry : byDevice.entrySet()) {
            if (!rejected.containsKey(entry.getKey())) {
                merged = merged.merge(entry.getValue());
            }
        }
        return new Result(merged, rejected, majority(merged), remarks(columns, merged));
    }

    private List<String> columnNames() {
        List<String> names = new ArrayList<>();
        for (Feature feature : schema.features()) {
            names.add(feature.name());
        }
        if (schema.task() == Task.REGRESSION) {
            names.addAll(schema.outputs());
        }
        return names;
    }

    private static OptionalInt majority(Moments merged) {
        int best = -1;
        for (int label = 0; label < merged.labelCounts().length(); label++) {
            if (best < 0
                    || merged.labelCounts().get(label) > merged.labelCounts().get(best)) {
                best = label;
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private List<String> remarks(List<String> columns, Moments merged) {
        List<String> remarks = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        List<String> constant = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            if (merged.count(column) == 0) {
                empty.add(columns.get(column));
            } else if (merged.variance(column) == 0) {
                constant.add(columns.get(column));
            }
        }
        for (int label = 0; label < merged.labelCounts().length(); label++) {
            if (merged.labelCounts().get(label) == 0) {
                absent.add(schema.outputs().get(label));
            }
        }
        note(remarks, empty, "no device has a value of ");
        note(remarks, constant, "constant on all devices, so of no use to the model: ");
        if (schema.task() == Task.CLASSIFICATION
                && absent.size() == schema.outputs().size() - 1) {
            remarks.add("all examples of the fleet have one label; a classifier cannot learn from them");
        } else {
            note(remarks, absent, "no device has an example of ");
        }
        return remarks;
    }

    private static void note(List<String> remarks, List<String> names, String text) {
        if (!names.isEmpty()) {
            remarks.add(text + String.join(", ", names));
        }
    }
}
