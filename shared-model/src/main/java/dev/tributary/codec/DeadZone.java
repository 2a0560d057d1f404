package dev.tributary.codec;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;

/**
 * Rounds magnitudes down after adding {@code offset}: ½ is rounding to the nearest, less makes the zero wider, which costs
 * some error and saves more bits (Sullivan 1996). The step to decode with is the least-squares one, ⟨x, q⟩/⟨q, q⟩, so the
 * decoder needs to know neither step nor offset. Biased.
 */
record DeadZone(double offset) implements Quantiser {
    @Override
    public double[] noise(int length, Seed seed) {
        return new double[length];
    }

    @Override
    public int level(double steps, double noise) {
        int magnitude = (int) (Math.abs(steps) + offset);
        return steps < 0 ? -magnitude : magnitude;
    }

    @Override
    public double value(int level, double noise) {
        return level;
    }

    @Override
    public int hint(double noise) {
        return 0;
    }

    @Override
    public double decodingStep(Vector vector, int[] levels, double step) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < levels.length; i++) {
            // In steps: what fits into the encoding's range may not fit when squared.
            product += vector.get(i) / step * levels[i];
            square += (double) levels[i] * levels[i];
        }
        return square == 0 ? 0 : product / square * step;
    }
}
