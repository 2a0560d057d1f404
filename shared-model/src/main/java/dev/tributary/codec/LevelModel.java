package dev.tributary.codec;

import dev.tributary.protocol.MalformedMessageException;

/**
 * A level as binary decisions whose probabilities depend on how large its neighbours were.
 *
 * <p>Decisions of a level q: is it not 0; its sign; is its magnitude above 1, above 2, … above 14; what is left as an
 * Exp-Golomb number of even bits. The context is one of six sizes of {@code (2·|q₋₁| + |q₋₂| + 2·mean)/5}, whose magnitudes
 * count 15 at most. A first estimate is that of a geometric distribution of the context's size. With a hint, "not 0" has a
 * context for each of its sizes too, and the sign is told relative to the hint's; without, signs are even.
 */
final class LevelModel {
    private static final int UNARY = 14;
    private static final int EVEN = 32768;
    private static final int HINTS = 3;
    private static final int LARGEST_MAGNITUDE = 15;
    private static final int LAST_MEAN_COUNT = 63;
    private static final int MOST_PREFIX = 28;
    /** Upper bounds of the contexts but the last, in 1/1280. */
    private static final int[] BOUNDS = {320, 768, 1536, 3072, 6144};
    /** m/(1 + m) in 65536ths, m being the contexts' typical magnitudes. */
    private static final int[] FIRST = {7282, 18285, 30093, 41236, 50621, 57544};

    private final BinaryCoder coder;
    private final AdaptiveBits nonZero = new AdaptiveBits(FIRST.length * HINTS);
    private final AdaptiveBits above = new AdaptiveBits(FIRST.length * UNARY);
    private final AdaptiveBits sign = new AdaptiveBits(HINTS);
    private int last;
    private int beforeLast;
    private int mean = 256;
    private int meanCount;

    LevelModel(BinaryCoder coder) {
        this.coder = coder;
        for (int context = 0; context < FIRST.length; context++) {
            for (int hint = 0; hint < HINTS; hint++) {
                nonZero.begin(context * HINTS + hint, FIRST[context]);
            }
            for (int i = 0; i < UNARY; i++) {
                above.begin(context * UNARY + i, FIRST[context]);
            }
        }
        for (int hint = 0; hint < HINTS; hint++) {
            sign.begin(hint, EVEN);
        }
    }

    /** Writes {@code level}, or reads one in place of it; returns the level. */
    int code(int level, int hint) {
        int context = context();
        int magnitude = Math.abs(level);
        int coded = 0;
        if (nonZero.code(coder, context * HINTS + Math.abs(hint), magnitude > 0)) {
            boolean isPositive = sign(level > 0, hint);
            int found = magnitude(magnitude, context);
            coded = isPositive ? found : -found;
        }
        learn(Math.min(Math.abs(coded), LARGEST_MAGNITUDE));
        return coded;
    }

    private int context() {
        int size = 512 * last + 256 * beforeLast + 2 * mean;
        int context = 0;
        while (context < BOUNDS.length && size >= BOUNDS[context]) {
            context++;
        }
        return context;
    }

    private boolean sign(boolean isPositive, int hint) {
        if (hint == 0) {
            return coder.code(isPositive, EVEN);
        }
        boolean isHintPositive = hint > 0;
        return sign.code(coder, Math.abs(hint), isPositive == isHintPositive) == isHintPositive;
    }

    private int magnitude(int magnitude, int context) {
        for (int i = 0; i < UNARY; i++) {
            if (!above.code(coder, context * UNARY + i, magnitude > i + 1)) {
                return i + 1;
            }
        }
        return UNARY + rest(magnitude - UNARY);
    }

    /** Exp-Golomb of a number ≥ 1: as many ones as it has bits after its first, a zero, and those bits. */
    private int rest(int number) {
        int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(number, 1));
        int prefix = 0;
        while (coder.code(prefix < bits, EVEN)) {
            prefix++;
            if (prefix > MOST_PREFIX) {
                throw new MalformedMessageException("a level must have at most " + MOST_PREFIX + " bits, had more");
            }
        }
        int coded = 1;
        for (int i = prefix - 1; i >= 0; i--) {
            coded = (coded << 1) | (coder.code(((number >> i) & 1) == 1, EVEN) ? 1 : 0);
        }
        return coded;
    }

    private void learn(int magnitude) {
        beforeLast = last;
        last = magnitude;
        int difference = (magnitude << 8) - mean;
        mean += (difference * LearningRates.of(meanCount)) >> 16;
        meanCount = Math.min(LAST_MEAN_COUNT, meanCount + 1);
    }
}
