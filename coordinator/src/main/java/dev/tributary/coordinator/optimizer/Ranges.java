package dev.tributary.coordinator.optimizer;

/** Checks of an optimiser's parameters. */
final class Ranges {
    private Ranges() {}

    static void learningRate(double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("learningRate must be > 0, was " + value);
        }
    }

    static void decay(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), was " + value);
        }
    }
}
