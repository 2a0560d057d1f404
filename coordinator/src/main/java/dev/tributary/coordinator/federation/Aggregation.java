package dev.tributary.coordinator.federation;

import dev.tributary.coordinator.aggregation.DeltaAggregation;
import dev.tributary.coordinator.aggregation.FedAvg;
import dev.tributary.coordinator.aggregation.RobustRule;
import dev.tributary.coordinator.aggregation.SingleDeltas;
import java.util.Optional;

/**
 * How the deltas of a TRAIN round become one.
 *
 * @param rule that withstands Byzantine devices; FedAvg without one
 * @param exampleCap a device counts as if it had at most so many examples; with 1 all count the same
 */
public record Aggregation(Optional<RobustRule> rule, long exampleCap) {
    /** The mean over devices, each of which counts the same. */
    public static final Aggregation MEAN = new Aggregation(Optional.empty(), 1);

    public Aggregation {
        if (exampleCap < 1) {
            throw new IllegalArgumentException("exampleCap must be >= 1, was " + exampleCap);
        }
    }

    /** An aggregation of no delta yet, of {@code length} coordinates. */
    public DeltaAggregation begin(int length) {
        return rule.<DeltaAggregation>map(known -> new SingleDeltas(known, length, exampleCap))
                .orElseGet(() -> new FedAvg(length, exampleCap));
    }

    /** How many contributors a TRAIN round needs. */
    public int neededContributors() {
        return rule.map(RobustRule::needed).orElse(1);
    }
}
