package dev.tributary.chaos.verdict;

import dev.tributary.model.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The weighted mean {@code Σ n·Δ / Σ n} in whole numbers, as the wire protocol defines it: each coordinate is rounded once, half
 * to even, to a multiple of 2⁻⁶⁴, and the quotient once, to the nearest double. Immutable.
 */
final class ExactMean {
    private static final int FRACTION_BITS = 64;
    /** Beyond any tie between two doubles of this range, so that rounding twice rounds as once. */
    private static final MathContext DIGITS = new MathContext(250);

    private static final BigDecimal UNIT = new BigDecimal(BigInteger.ONE.shiftLeft(FRACTION_BITS));

    private final BigInteger[] sums;
    private final long examples;

    private ExactMean(BigInteger[] sums, long examples) {
        this.sums = sums;
        this.examples = examples;
    }

    /** The mean of nothing yet. */
    static ExactMean ofLength(int length) {
        BigInteger[] zeros = new BigInteger[length];
        java.util.Arrays.fill(zeros, BigInteger.ZERO);
        return new ExactMean(zeros, 0);
    }

    /** This with {@code times} times the delta of so many examples more; -1 times takes it out again. */
    ExactMean plus(Vector delta, long count, int times) {
        BigInteger factor = BigInteger.valueOf(count * times);
        BigInteger[] next = new BigInteger[sums.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = sums[i].add(units(delta.get(i)).multiply(factor));
        }
        return new ExactMean(next, examples + count * times);
    }

    private static BigInteger units(double value) {
        // Scaling by a power of two is exact, and so is every double from 2^53 on.
        double rounded = Math.rint(Math.scalb(value, FRACTION_BITS));
        return Math.abs(rounded) < 0x1p62
                ? BigInteger.valueOf((long) rounded)
                : new BigDecimal(rounded).toBigIntegerExact();
    }

    /** The weights that this mean leads to, as float32; there must be an example. */
    float[] appliedTo(float[] base) {
        if (examples <= 0) {
            throw new IllegalStateException("examples must be > 0, were " + examples);
        }
        BigDecimal divisor = UNIT.multiply(BigDecimal.valueOf(examples));
        float[] next = new float[base.length];
        for (int i = 0; i < next.length; i++) {
            double mean = new BigDecimal(sums[i]).divide(divisor, DIGITS).doubleValue();
            next[i] = (float) (base[i] + mean);
        }
        return next;
    }
}
