package dev.tributary.codec;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;

/** Rounds up with the probability that makes it unbiased; who decodes needs no seed. */
record Stochastic() implements Quantiser {
    @Override
    public double[] noise(int length, Seed seed) {
        SplitMix64 random = new SplitMix64(seed);
        double[] noise = new double[length];
        for (int i = 0; i < length; i++) {
            noise[i] = random.nextUniform();
        }
        return noise;
    }

    @Override
    public int level(double steps, double noise) {
        return (int) Math.floor(steps + noise);
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
        return step;
    }
}
