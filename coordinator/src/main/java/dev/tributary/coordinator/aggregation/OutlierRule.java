package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Moments;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the devices whose moments lie far from the fleet's: one sensor that reports in a wrong unit must not move the
 * standardisation of all others.
 *
 * <p>For each column, over the devices that have values in it: the centre is the median of the devices' means, the scale
 * the larger of the upper quartile of their standard deviations and 1.4826 times the median distance from the centre.
 * A device is far when its mean is more than {@value #MAX_DEVIATIONS} scales from the centre, or its standard deviation
 * more than {@value #MAX_DEVIATIONS} scales. The upper quartile, not the median: in columns where a few devices alone ever
 * see a value, honest devices reach 88 medians but 21 upper quartiles; a unit wrong by a thousand reaches 870 of both.
 *
 * @param columns the names of the moments' columns, in order
 */
public record OutlierRule(List<String> columns) {
    /** With fewer devices nobody is far: there is no fleet to compare with. */
    public static final int MIN_DEVICES = 4;

    static final double MAX_DEVIATIONS = 50;

    private static final double MAD_TO_DEVIATION = 1.4826;

    public OutlierRule {
        columns = List.copyOf(columns);
    }

    /** The devices that lie far, and in which column and how. */
    public SortedMap<DeviceId, String> outliers(SortedMap<DeviceId, Moments> fleet) {
        SortedMap<DeviceId, String> found = new TreeMap<>();
        for (int column = 0; column < columns.size(); column++) {
            check(column, fleet, found);
        }
        return found;
    }

    private void check(int column, SortedMap<DeviceId, Moments> fleet, SortedMap<DeviceId, String> found) {
        List<Map.Entry<DeviceId, Moments>> present = new ArrayList<>();
        for (Map.Entry<DeviceId, Moments> entry : fleet.entrySet()) {
            if (entry.getValue().count(column) > 0) {
                present.add(entry);
            }
        }
        if (present.size() < MIN_DEVICES) {
            return;
        }
        double[] means = sorted(present, moments -> moments.mean(column));
        double center = quantile(means, 0.5);
        double[] distances = sorted(present, moments -> Math.abs(moments.mean(column) - center));
        double[] deviations = sorted(present, moments -> Math.sqrt(moments.variance(column)));
        double spread = Math.max(quantile(deviations, 0.75), MAD_TO_DEVIATION * quantile(distances, 0.5));
        // A column that is constant all over the fleet is measured by its own size.
        double scale = spread > 0 ? spread : Math.abs(center);
        if (scale == 0) {
            return;
        }
        for (Map.Entry<DeviceId, Moments> entry : present) {
            double mean = entry.getValue().mean(column);
            double deviation = Math.sqrt(entry.getValue().variance(column));
            if (Math.abs(mean - center) > MAX_DEVIATIONS * scale) {
                found.putIfAbsent(
                        entry.getKey(),
                        String.format(
                                Locale.ROOT,
                                "%s: mean %.6g is %.0f deviations from the fleet's median %.6g",
                                columns.get(column),
                                mean,
                                Math.abs(mean - center) / scale,
                                center));
            } else if (deviation > MAX_DEVIATIONS * scale) {
                found.putIfAbsent(
                        entry.getKey(),
                        String.format(
                                Locale.ROOT,
                                "%s: standard deviation %.6g is %.0f times the fleet's %.6g",
                                columns.get(column),
                                deviation,
                                deviation / scale,
                                scale));
            }
        }
    }

    /** One number of a device's moments. */
    private interface Reading {
        double of(Moments moments);
    }

    private static double[] sorted(List<Map.Entry<DeviceId, Moments>> present, Reading reading) {
        double[] values = new double[present.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = reading.of(present.get(i).getValue());
        }
        Arrays.sort(values);
        return values;
    }

    /** The lower of the two candidates, so that an outlier among four never is the upper quartile. */
    private static double quantile(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
