package dev.tributary.coordinator.aggregation;

/**
 * The deltas of one TRAIN round on their way to one; the order in which they come changes no bit. Not thread-safe.
 *
 * <p>{@link FedAvg} folds each into a sum and forgets it, O(d) of memory; {@link SingleDeltas} keeps each until the round
 * closes, O(m·d), for the {@linkplain RobustRule rules} that compare devices with each other.
 */
public sealed interface DeltaAggregation permits FedAvg, SingleDeltas {
    /**
     * Takes one device's delta.
     *
     * @throws ArithmeticException when a sum would overflow; nothing is changed
     */
    void add(DeviceDelta one);

    /** What they come to; at least one is needed, and a rule may need more. */
    AggregatedDelta result();
}
