package dev.tributary.coordinator.aggregation;

import java.util.List;

/**
 * The median of each coordinate by itself, and of the losses (Yin et al. 2018): within the range of the honest devices as
 * long as they are more than half.
 *
 * @param byzantine f, how many contributors may be Byzantine
 */
public record CoordinateMedian(int byzantine) implements RobustRule {
    public CoordinateMedian {
        OrderStatistics.requireByzantine(byzantine);
    }

    @Override
    public int needed() {
        return 2 * byzantine + 1;
    }

    @Override
    public AggregatedDelta combine(List<WeightedDelta> deltas) {
        return OrderStatistics.ofEachCoordinate(deltas, CoordinateMedian::median);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : OrderStatistics.mean(sorted, middle - 1, middle + 1);
    }
}
