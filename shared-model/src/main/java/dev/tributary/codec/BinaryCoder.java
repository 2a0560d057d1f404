package dev.tributary.codec;

/** One direction of a binary range coder, so that one model serves both. */
interface BinaryCoder {
    /**
     * Writes {@code bit}, or reads one in place of it; returns the bit.
     *
     * @param probability that the bit is 1, in 65536ths, in [1, 65535]
     */
    boolean code(boolean bit, int probability);
}
