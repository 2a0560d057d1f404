package dev.tributary.codec;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;

/**
 * QSGD (Alistarh et al. 2017), a peer to compare with: |x|/‖x‖·s rounded up or down at random, coded as Elias gamma of the
 * level + 1 and a sign where it is not 0; the norm takes 32 bits.
 */
final class Qsgd {
    private final double levels;

    Qsgd(double levels) {
        this.levels = levels;
    }

    /** A decoded vector and what its code takes. */
    record Coded(Vector decoded, double bits) {}

    Coded roundTrip(Vector vector, Seed seed) {
        double norm = vector.norm();
        SplitMix64 random = new SplitMix64(seed);
        double[] decoded = new double[vector.length()];
        double bits = Float.SIZE;
        for (int i = 0; i < decoded.length; i++) {
            double scaled = norm == 0 ? 0 : Math.abs(vector.get(i)) / norm * levels;
            int level = (int) Math.floor(scaled + random.nextUniform());
            decoded[i] = Math.signum(vector.get(i)) * level * norm / levels;
            bits += 2 * (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(level + 1)) + 1 + (level > 0 ? 1 : 0);
        }
        return new Coded(Vector.of(decoded), bits);
    }
}
