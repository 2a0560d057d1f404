package dev.tributary.codec;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import java.util.Arrays;

/**
 * EDEN (Vargaftik et al. 2022; with one bit DRIVE, 2021), a peer to compare with: rotate, round to the nearest centroid of
 * Lloyd and Max for N(0, 1), scale. Its size is d·bits and a scale of 32 bits.
 */
final class Eden {
    private final int bits;
    private final boolean isUnbiased;
    private final double[] centroids;

    /** With the scale ‖x‖²/⟨c, r⟩, unbiased over uniform rotations, or with ⟨c, r⟩/⟨c, c⟩, of least error. */
    Eden(int bits, boolean isUnbiased) {
        this.bits = bits;
        this.isUnbiased = isUnbiased;
        this.centroids = lloydMax(1 << bits);
    }

    /** The centroids of the optimal quantiser of N(0, 1) with so many levels, by Lloyd's iteration on exact integrals. */
    static double[] lloydMax(int levels) {
        double[] centroids = new double[levels];
        for (int i = 0; i < levels; i++) {
            centroids[i] = 3.0 * (2 * i + 1 - levels) / levels;
        }
        for (int iteration = 0; iteration < 3000; iteration++) {
            double[] next = new double[levels];
            for (int i = 0; i < levels; i++) {
                double low = i == 0 ? -10 : (centroids[i - 1] + centroids[i]) / 2;
                double high = i == levels - 1 ? 10 : (centroids[i] + centroids[i + 1]) / 2;
                next[i] = (density(low) - density(high)) / mass(low, high);
            }
            centroids = next;
        }
        return centroids;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** P(low < N(0, 1) < high), by Simpson's rule. */
    private static double mass(double low, double high) {
        int steps = 200;
        double width = (high - low) / steps;
        double sum = density(low) + density(high);
        for (int i = 1; i < steps; i++) {
            sum += density(low + i * width) * (i % 2 == 0 ? 2 : 4);
        }
        return sum * width / 3;
    }

    double bits(int length) {
        return (double) bits * length + Float.SIZE;
    }

    Vector roundTrip(Vector vector, Seed seed) {
        double norm = vector.norm();
        if (norm == 0) {
            return vector;
        }
        double[] rotated = vector.toArray();
        Rotation rotation = new Rotation(rotated.length, seed);
        rotation.rotate(rotated);
        double[] coded = new double[rotated.length];
        double product = 0;
        double square = 0;
        for (int i = 0; i < coded.length; i++) {
            coded[i] = nearest(rotated[i] * Math.sqrt(coded.length) / norm);
            product += coded[i] * rotated[i];
            square += coded[i] * coded[i];
        }
        double scale = isUnbiased ? norm * norm / product : product / square;
        Arrays.setAll(coded, i -> coded[i] * scale);
        rotation.rotateBack(coded);
        return Vector.of(coded);
    }

    private double nearest(double value) {
        double best = centroids[0];
        for (double centroid : centroids) {
            best = Math.abs(centroid - value) < Math.abs(best - value) ? centroid : best;
        }
        return best;
    }
}
