package dev.tributary.coordinator.aggregation;

import java.util.List;

/**
 * The mean of each coordinate, and of the losses, without the {@code f} smallest and the {@code f} greatest (Yin et al.
 * 2018, with β = f/m): within the range of the honest devices, because whatever lies outside it was dropped.
 *
 * @param byzantine f, how many contributors may be Byzantine
 */
public record TrimmedMean(int byzantine) implements RobustRule {
    public TrimmedMean {
        OrderStatistics.requireByzantine(byzantine);
    }

    @Override
    public int needed() {
        return 2 * byzantine + 1;
    }

    @Override
    public AggregatedDelta combine(List<WeightedDelta> deltas) {
        return OrderStatistics.ofEachCoordinate(
                deltas, sorted -> OrderStatistics.mean(sorted, byzantine, sorted.length - byzantine));
    }
}
