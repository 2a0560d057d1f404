package dev.tributary.codec;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;

/**
 * Adds noise v, uniform in [−½, ½) and known to both sides, before rounding to the nearest and subtracts it again
 * (Schuchman 1964): unbiased, and the error is uniform, s²/12 for a step s, whatever the vector.
 *
 * <p>The noise also says which level is likely, and with which sign, so a {@link Coder} that listens to the hint comes to
 * the rate of entropy-coded dithered quantisation, H(q|v) instead of H(q) (Ziv 1985).
 */
record SubtractiveDither() implements Quantiser {
    @Override
    public double[] noise(int length, Seed seed) {
        SplitMix64 random = new SplitMix64(seed);
        double[] noise = new double[length];
        for (int i = 0; i < length; i++) {
            noise[i] = random.nextUniform() - 0.5;
        }
        return noise;
    }

    @Override
    public int level(double steps, double noise) {
        return (int) Math.rint(steps + noise);
    }

    @Override
    public double value(int level, double noise) {
        return level - noise;
    }

    @Override
    public int hint(double noise) {
        int size = Math.abs(noise) < 0.25 ? 1 : 2;
        return noise < 0 ? -size : size;
    }

    @Override
    public double decodingStep(Vector vector, int[] levels, double step) {
        return step;
    }
}
