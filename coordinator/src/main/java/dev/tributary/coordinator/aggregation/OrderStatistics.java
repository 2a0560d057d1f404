package dev.tributary.coordinator.aggregation;

import dev.tributary.coordinator.aggregation.RobustRule.WeightedDelta;
import dev.tributary.model.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the rules share that sort each coordinate by itself. */
final class OrderStatistics {
    private OrderStatistics() {}

    static void requireByzantine(int byzantine) {
        if (byzantine < 1) {
            throw new IllegalArgumentException("byzantine must be >= 1, was " + byzantine);
        }
    }

    /** A statistic of each coordinate's sorted values, and of the devices' mean losses. */
    static AggregatedDelta ofEachCoordinate(List<WeightedDelta> deltas, ToDoubleFunction<double[]> statistic) {
        int length = deltas.get(0).of().delta().length();
        double[] result = new double[length];
        double[] column = new double[deltas.size()];
        for (int i = 0; i < length; i++) {
            for (int device = 0; device < column.length; device++) {
                column[device] = deltas.get(device).of().delta().get(i);
            }
            Arrays.sort(column);
            result[i] = statistic.applyAsDouble(column);
        }
        for (int device = 0; device < column.length; device++) {
            column[device] = deltas.get(device).of().meanLoss();
        }
        Arrays.sort(column);
        return new AggregatedDelta(Vector.of(result), statistic.applyAsDouble(column));
    }

    /** The mean of a part of sorted values: exact where all are equal, and never outside the part's range. */
    static double mean(double[] sorted, int from, int to) {
        double smallest = sorted[from];
        double sum = 0;
        for (int i = from; i < to; i++) {
            // Each by itself divided, so that values near the largest double do not overflow.
            sum += sorted[i] / (to - from) - smallest / (to - from);
        }
        return Math.min(sorted[to - 1], smallest + sum);
    }
}
