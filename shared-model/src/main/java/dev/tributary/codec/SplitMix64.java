package dev.tributary.codec;

import dev.tributary.model.Seed;

/**
 * The randomness of codecs: SplitMix64 (Steele, Lea and Flood 2014) as in {@link java.util.SplittableRandom}, written out
 * because devices in other languages must draw the same bits; not thread-safe.
 */
final class SplitMix64 {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    SplitMix64(Seed seed) {
        this.state = seed.value();
    }

    long nextLong() {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1): the upper 53 bits over 2⁵³. */
    double nextUniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }
}
