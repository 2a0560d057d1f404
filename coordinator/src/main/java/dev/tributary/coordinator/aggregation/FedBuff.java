package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Vector;

/**
 * The mean of deltas that may be stale, {@code (1/K) Σ s(τ_i) Δ_i} over the K updates that arrived, each of the same
 * weight but for its staleness, {@code s(τ) = 1/√(1+τ)} (FedBuff, Nguyen et al. 2022). {@code s(τ)·Δ} is rounded to a
 * double and then to the sum's fixed point, so that the order of arrival does not matter. Memory is O(d) for any number
 * of updates. Not thread-safe.
 */
public final class FedBuff {
    private final FixedPointSum deltas;
    private final FixedPointSum loss = new FixedPointSum(1);
    private long examples;
    private int updates;

    /** The mean of no delta yet, of {@code length} coordinates. */
    public FedBuff(int length) {
        this.deltas = new FixedPointSum(length);
    }

    /** What an update of this staleness, in versions ≥ 0, weighs; a fresh one weighs exactly 1. */
    public static double weight(long staleness) {
        if (staleness < 0) {
            throw new IllegalArgumentException("staleness must be >= 0, was " + staleness);
        }
        return 1 / Math.sqrt(1 + (double) staleness);
    }

    /**
     * Folds one update in; throws {@link ArithmeticException} and changes nothing when the sum would overflow.
     *
     * @param staleness versions made since the one that it was trained from
     * @param lossSum the device's summed loss over its examples
     */
    public void add(Vector delta, long staleness, long exampleCount, double lossSum) {
        double weight = weight(staleness);
        if (exampleCount < 1) {
            throw new IllegalArgumentException("exampleCount must be > 0, was " + exampleCount);
        }
        if (!delta.isFinite() || !Double.isFinite(lossSum)) {
            throw new IllegalArgumentException("delta and loss must be finite");
        }
        double[] weighted = delta.toArray();
        for (int i = 0; i < weighted.length; i++) {
            weighted[i] *= weight;
        }
        long nextExamples = Math.addExact(examples, exampleCount);
        FixedPointSum nextLoss = new FixedPointSum(1);
        nextLoss.add(Vector.of(lossSum), 1);
        nextLoss.merge(loss);
        deltas.add(Vector.of(weighted), 1);
        loss.add(Vector.of(lossSum), 1);
        examples = nextExamples;
        updates++;
    }

    /** Folds in what another accumulator holds. */
    public void merge(FedBuff other) {
        deltas.merge(other.deltas);
        loss.merge(other.loss);
        examples = Math.addExact(examples, other.examples);
        updates += other.updates;
    }

    /** The mean over the updates; at least one is needed. */
    public Vector mean() {
        requireUpdates();
        return deltas.dividedBy(updates);
    }

    /** The mean training loss per example. */
    public double meanLoss() {
        requireUpdates();
        return loss.dividedBy(examples).get(0);
    }

    /** How many updates were folded in. */
    public int updates() {
        return updates;
    }

    private void requireUpdates() {
        if (updates == 0) {
            throw new IllegalStateException("updates must be >= 1, was 0");
        }
    }
}
