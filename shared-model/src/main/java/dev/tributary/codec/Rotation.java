package dev.tributary.codec;

import dev.tributary.model.Seed;

/**
 * A randomised Hadamard transform that needs no padding: on the largest power of two of coordinates from the left, then on as
 * many from the right, then from the left again; one pass suffices where the length is a power of two. Orthogonal.
 *
 * <p>A pass flips signs (bit i mod 64 of the (i div 64)-th number drawn) and applies H/√n; each pass draws its own ⌈n/64⌉ numbers.
 */
final class Rotation {
    private final int length;
    private final int block;
    private final int[] starts;
    private final boolean[][] flips;

    /** The rotation of vectors of this length. */
    Rotation(int length, Seed seed) {
        this.length = length;
        this.block = Integer.highestOneBit(length);
        this.starts = length == block ? new int[] {0} : new int[] {0, length - block, 0};
        this.flips = new boolean[starts.length][block];
        SplitMix64 random = new SplitMix64(seed);
        for (boolean[] flip : flips) {
            long bits = 0;
            for (int i = 0; i < block; i++) {
                bits = i % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
                flip[i] = (bits & 1) == 1;
            }
        }
    }

    /** Rotates {@code values} in place. */
    void rotate(double[] values) {
        requireLength(values);
        for (int pass = 0; pass < starts.length && length > 0; pass++) {
            flip(values, starts[pass], flips[pass]);
            hadamard(values, starts[pass]);
        }
    }

    /** Rotates {@code values} back in place. */
    void rotateBack(double[] values) {
        requireLength(values);
        for (int pass = starts.length - 1; pass >= 0 && length > 0; pass--) {
            hadamard(values, starts[pass]);
            flip(values, starts[pass], flips[pass]);
        }
    }

    private void requireLength(double[] values) {
        if (values.length != length) {
            throw new IllegalArgumentException("length must be " + length + ", was " + values.length);
        }
    }

    private static void flip(double[] values, int start, boolean[] flip) {
        for (int i = 0; i < flip.length; i++) {
            if (flip[i]) {
                values[start + i] = -values[start + i];
            }
        }
    }

    private void hadamard(double[] values, int start) {
        for (int half = 1; half < block; half *= 2) {
            for (int group = start; group < start + block; group += 2 * half) {
                for (int i = group; i < group + half; i++) {
                    double left = values[i];
                    double right = values[i + half];
                    values[i] = left + right;
                    values[i + half] = left - right;
                }
            }
        }
        double scale = 1 / Math.sqrt(block);
        for (int i = start; i < start + block; i++) {
            values[i] *= scale;
        }
    }
}
