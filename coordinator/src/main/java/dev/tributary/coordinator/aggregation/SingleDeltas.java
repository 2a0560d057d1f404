package dev.tributary.coordinator.aggregation;

import dev.tributary.coordinator.aggregation.RobustRule.WeightedDelta;
import dev.tributary.update.DeviceId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps each device's delta until the round closes, because the rule compares them. Each device counts as much as it has
 * examples, at most the cap, which should be 1: a Byzantine device lies about their number. Not thread-safe.
 */
public final class SingleDeltas implements DeltaAggregation {
    private final RobustRule rule;
    private final int length;
    private final long exampleCap;
    private final SortedMap<DeviceId, WeightedDelta> deltas = new TreeMap<>();

    /** None yet, of {@code length} coordinates. */
    public SingleDeltas(RobustRule rule, int length, long exampleCap) {
        this.rule = rule;
        this.length = length;
        this.exampleCap = exampleCap;
    }

    @Override
    public void add(DeviceDelta one) {
        if (one.delta().length() != length) {
            throw new IllegalArgumentException(
                    "length must be " + length + ", was " + one.delta().length());
        }
        long weight = Math.min(one.exampleCount(), exampleCap);
        // Says now what the sum would say when the round closes and nobody could be told any more.
        new FixedPointSum(length).add(one.delta(), weight);
        if (deltas.putIfAbsent(one.device(), new WeightedDelta(one, weight)) != null) {
            throw new IllegalArgumentException("device must not have a delta here yet, was " + one.device());
        }
    }

    @Override
    public AggregatedDelta result() {
        if (deltas.size() < rule.needed()) {
            throw new IllegalStateException(
                    "contributors must be >= " + rule.needed() + " for this aggregation, were " + deltas.size());
        }
        return rule.combine(List.copyOf(deltas.values()));
    }
}
