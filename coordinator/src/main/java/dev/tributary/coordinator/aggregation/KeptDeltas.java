package dev.tributary.coordinator.aggregation;

import dev.tributary.coordinator.aggregation.RobustRule.WeightedDelta;
import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.util.List;
import java.util.SortedMap;

/** What the rules share that keep some devices whole and leave others out. */
final class KeptDeltas {
    private KeptDeltas() {}

    /** The weighted mean of those that are not left out. */
    static AggregatedDelta mean(List<WeightedDelta> deltas, SortedMap<DeviceId, String> leftOut) {
        FixedPointSum sum = new FixedPointSum(deltas.get(0).of().delta().length());
        long weights = 0;
        for (WeightedDelta one : deltas) {
            if (!leftOut.containsKey(one.of().device())) {
                sum.add(one.of().delta(), one.weight());
                weights += one.weight();
            }
        }
        Vector mean = sum.dividedBy(weights);
        double loss = 0;
        for (WeightedDelta one : deltas) {
            if (!leftOut.containsKey(one.of().device())) {
                loss += one.of().meanLoss() * ((double) one.weight() / weights);
            }
        }
        return new AggregatedDelta(mean, loss, leftOut);
    }
}
