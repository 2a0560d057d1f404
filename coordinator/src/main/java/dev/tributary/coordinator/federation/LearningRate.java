package dev.tributary.coordinator.federation;

/**
 * The learning rate over TRAIN rounds: {@code initial / (1 + decay·r)} for the r-th, from 0.
 *
 * @param decay 0 for a constant rate
 */
public record LearningRate(double initial, double decay) {
    public LearningRate {
        if (!(initial > 0) || Double.isInfinite(initial)) {
            throw new IllegalArgumentException("learningRate must be > 0, was " + initial);
        }
        if (!(decay >= 0) || Double.isInfinite(decay)) {
            throw new IllegalArgumentException("decay must be >= 0, was " + decay);
        }
    }

    /** The rate after {@code trainRounds} closed TRAIN rounds. */
    public double at(int trainRounds) {
        return initial / (1 + trainRounds * decay);
    }
}
