package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Vector;

/**
 * The weighted mean of deltas, {@code Σ n_i Δ_i / Σ n_i} over the updates that arrived (McMahan et al. 2017); with a cap
 * {@code min(n_i, cap)} takes the place of n_i, and with a cap of 1 all devices count the same. Memory is O(d) for any number of contributors. Not thread-safe.
 */
public final class FedAvg implements DeltaAggregation {
    private final long exampleCap;
    private final FixedPointSum deltas;
    private final FixedPointSum loss = new FixedPointSum(1);
    private long examples;
    private int contributors;

    /** The mean of no delta yet, of {@code length} coordinates. */
    public FedAvg(int length) {
        this(length, Long.MAX_VALUE);
    }

    /** The same for devices that count as much as they have examples, at most {@code exampleCap}. */
    public FedAvg(int length, long exampleCap) {
        this.exampleCap = exampleCap;
        this.deltas = new FixedPointSum(length);
    }

    @Override
    public void add(DeviceDelta one) {
        long weight = Math.min(one.exampleCount(), exampleCap);
        double weightedLoss = weight == one.exampleCount() ? one.loss() : one.meanLoss() * weight;
        FixedPointSum nextLoss = new FixedPointSum(1);
        nextLoss.add(Vector.of(weightedLoss), 1);
        nextLoss.merge(loss);
        long nextExamples = Math.addExact(examples, weight);
        deltas.add(one.delta(), weight);
        loss.add(Vector.of(weightedLoss), 1);
        examples = nextExamples;
        contributors++;
    }

    /** Folds in what another accumulator holds. */
    public void merge(FedAvg other) {
        deltas.merge(other.deltas);
        loss.merge(other.loss);
        examples = Math.addExact(examples, other.examples);
        contributors += other.contributors;
    }

    @Override
    public AggregatedDelta result() {
        return new AggregatedDelta(mean(), meanLoss());
    }

    /** The weighted mean; at least one contribution is needed. */
    public Vector mean() {
        requireContributors();
        return deltas.dividedBy(examples);
    }

    /** The mean training loss per example. */
    public double meanLoss() {
        requireContributors();
        return loss.dividedBy(examples).get(0);
    }

    /** How many contributions were folded in. */
    public int contributors() {
        return contributors;
    }

    /** The number of examples behind them, each device's at most the cap. */
    public long examples() {
        return examples;
    }

    private void requireContributors() {
        if (contributors == 0) {
            throw new IllegalStateException("contributors must be >= 1, was 0");
        }
    }
}
