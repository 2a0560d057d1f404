package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Vector;

/**
 * The weighted mean of deltas, {@code Σ n_i Δ_i / Σ n_i} over the updates that arrived (McMahan et al. 2017). Memory is
 * O(d) for any number of contributors. Not thread-safe.
 */
public final class FedAvg {
    private final FixedPointSum deltas;
    private final FixedPointSum loss = new FixedPointSum(1);
    private long examples;
    private long correct;
    private int contributors;

    /** The mean of no delta yet, of {@code length} coordinates. */
    public FedAvg(int length) {
        this.deltas = new FixedPointSum(length);
    }

    /**
     * Folds one device's contribution in.
     *
     * @param lossSum the device's summed loss over its examples
     */
    public void add(Vector delta, long exampleCount, long correctCount, double lossSum) {
        if (exampleCount < 1) {
            throw new IllegalArgumentException("exampleCount must be > 0, was " + exampleCount);
        }
        if (!delta.isFinite() || !Double.isFinite(lossSum)) {
            throw new IllegalArgumentException("delta and loss must be finite");
        }
        FixedPointSum losses = new FixedPointSum(1);
        losses.add(Vector.of(lossSum), 1);
        deltas.add(delta, exampleCount);
        loss.merge(losses);
        examples = Math.addExact(examples, exampleCount);
        correct = Math.addExact(correct, correctCount);
        contributors++;
    }

    /** Folds in what another accumulator holds. */
    public void merge(FedAvg other) {
        deltas.merge(other.deltas);
        loss.merge(other.loss);
        examples = Math.addExact(examples, other.examples);
        correct = Math.addExact(correct, other.correct);
        contributors += other.contributors;
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

    /** The share of training examples that the devices' own models got right; 0 where that means nothing. */
    public double accuracy() {
        requireContributors();
        return (double) correct / examples;
    }

    /** How many contributions were folded in. */
    public int contributors() {
        return contributors;
    }

    /** The number of examples behind them. */
    public long examples() {
        return examples;
    }

    private void requireContributors() {
        if (contributors == 0) {
            throw new IllegalStateException("contributors must be >= 1, was 0");
        }
    }
}
