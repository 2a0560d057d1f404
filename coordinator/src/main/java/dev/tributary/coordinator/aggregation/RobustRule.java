package dev.tributary.coordinator.aggregation;

import java.util.List;

/** How single deltas become one of which a minority of Byzantine devices has no say; the same deltas give the same bits. */
public sealed interface RobustRule permits CoordinateMedian, TrimmedMean, MultiKrum, NormZeroing {
    /** How many contributors it needs. */
    int needed();

    /**
     * What these deltas come to.
     *
     * @param deltas in the order of their devices, at least {@link #needed}
     */
    AggregatedDelta combine(List<WeightedDelta> deltas);

    /**
     * A device's delta and how much it counts in a mean.
     *
     * @param weight ≥ 1
     */
    record WeightedDelta(DeviceDelta of, long weight) {}
}
