package dev.tributary.codec;

/** The probabilities of binary decisions, each learnt from those before; integer arithmetic, the same on every platform. */
final class AdaptiveBits {
    /** What a first estimate counts as, in decisions. */
    private static final int FIRST_COUNT = 6;

    private static final int LAST_COUNT = 255;
    private static final int LEAST = 64;
    private static final int ONE = 1 << 16;

    private final int[] probability;
    private final int[] count;

    /** {@code size} decisions, none of which has a first estimate yet. */
    AdaptiveBits(int size) {
        probability = new int[size];
        count = new int[size];
    }

    /** The first estimate that decision {@code index} is a 1, in 65536ths. */
    void begin(int index, int first) {
        probability[index] = first;
        count[index] = FIRST_COUNT;
    }

    /** Codes a bit of decision {@code index} and learns from it. */
    boolean code(BinaryCoder coder, int index, boolean bit) {
        int before = probability[index];
        boolean coded = coder.code(bit, before);
        int difference = (coded ? ONE : 0) - before;
        int after = before + ((difference * LearningRates.of(count[index])) >> 16);
        probability[index] = Math.max(LEAST, Math.min(ONE - LEAST, after));
        count[index] = Math.min(LAST_COUNT, count[index] + 1);
        return coded;
    }
}
