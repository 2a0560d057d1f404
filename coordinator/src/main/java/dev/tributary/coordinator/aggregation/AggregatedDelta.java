package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a round's deltas come to.
 *
 * @param meanLoss the training loss per example of those that count
 * @param leftOut contributors that do not count, each with the reason
 */
public record AggregatedDelta(Vector mean, double meanLoss, SortedMap<DeviceId, String> leftOut) {
    public AggregatedDelta {
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    }

    /** One for which all contributors count. */
    public AggregatedDelta(Vector mean, double meanLoss) {
        this(mean, meanLoss, Collections.emptySortedMap());
    }
}
