package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Vector;
import java.math.BigInteger;

/**
 * A sum of vectors in 128-bit fixed point: each contribution is rounded once to a multiple of 2⁻⁶⁴, and whole numbers
 * add without rounding, so that any order and any grouping give the same bits. Not thread-safe.
 *
 * <p>A coordinate is {@code high + low / 2^64}, {@code high} signed and {@code low} unsigned; it holds ± 2⁶³, about
 * 9.2e18, and an addition that would leave this range throws {@link ArithmeticException} and changes nothing.
 */
public final class FixedPointSum {
    private static final double RANGE = 0x1p63;
    private static final int EXTRA_BITS = 128;

    private final long[] high;
    private final long[] low;

    /** The sum of nothing, of {@code length} coordinates. */
    public FixedPointSum(int length) {
        this.high = new long[length];
        this.low = new long[length];
    }

    /** The number of coordinates. */
    public int length() {
        return high.length;
    }

    /** Adds {@code weight} times {@code values}; {@code values} must be finite and {@code weight} ≥ 1. */
    public void add(Vector values, long weight) {
        requireLength(values.length());
        if (weight < 1) {
            throw new IllegalArgumentException("weight must be >= 1, was " + weight);
        }
        FixedPointSum scaled = new FixedPointSum(length());
        for (int i = 0; i < scaled.high.length; i++) {
            scaled.set(i, values.get(i), weight);
        }
        merge(scaled);
    }

    /** Adds another sum. */
    public void merge(FixedPointSum other) {
        requireLength(other.length());
        for (int i = 0; i < high.length; i++) {
            Math.addExact(high[i], carriedHigh(i, other));
        }
        for (int i = 0; i < high.length; i++) {
            high[i] += carriedHigh(i, other);
            low[i] += other.low[i];
        }
    }

    private long carriedHigh(int i, FixedPointSum other) {
        boolean carry = Long.compareUnsigned(low[i] + other.low[i], low[i]) < 0;
        return carry ? Math.addExact(other.high[i], 1) : other.high[i];
    }

    private void set(int index, double value, long weight) {
        double magnitude = Math.abs(value);
        if (!(magnitude < RANGE)) {
            throw new ArithmeticException("value must be below 2^63 in magnitude, was " + value);
        }
        long whole = (long) magnitude;
        long fraction = unsigned(Math.rint((magnitude - whole) * 0x1p64));
        long carried = unsignedMultiplyHigh(fraction, weight);
        long valueLow = fraction * weight;
        long valueHigh = Math.addExact(Math.multiplyExact(whole, weight), carried);
        boolean negative = value < 0;
        low[index] = negative ? -valueLow : valueLow;
        high[index] = !negative ? valueHigh : valueLow == 0 ? -valueHigh : ~valueHigh;
    }

    /** A whole number in [0, 2⁶⁴) as an unsigned long. */
    private static long unsigned(double whole) {
        return whole < RANGE ? (long) whole : (long) (whole - RANGE) + Long.MIN_VALUE;
    }

    private static long unsignedMultiplyHigh(long first, long second) {
        return Math.multiplyHigh(first, second) + ((first >> 63) & second) + ((second >> 63) & first);
    }

    /** The coordinate at {@code index}, as the nearest double. */
    public double get(int index) {
        return quotient(index, 1);
    }

    /** All coordinates over {@code divisor} ≥ 1, each rounded once, to the nearest double. */
    public Vector dividedBy(long divisor) {
        if (divisor < 1) {
            throw new IllegalArgumentException("divisor must be >= 1, was " + divisor);
        }
        double[] quotients = new double[high.length];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = quotient(i, divisor);
        }
        return Vector.of(quotients);
    }

    private double quotient(int index, long divisor) {
        BigInteger sum = BigInteger.valueOf(high[index])
                .shiftLeft(Long.SIZE)
                .add(new BigInteger(Long.toUnsignedString(low[index])));
        BigInteger[] parts = sum.abs().shiftLeft(EXTRA_BITS).divideAndRemainder(BigInteger.valueOf(divisor));
        // A sticky last bit stands for the remainder, so that the conversion rounds the true quotient.
        BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
        double magnitude = Math.scalb(quotient.doubleValue(), -EXTRA_BITS - Long.SIZE);
        return sum.signum() < 0 ? -magnitude : magnitude;
    }

    private void requireLength(int other) {
        if (other != high.length) {
            throw new IllegalArgumentException("length must be " + high.length + ", was " + other);
        }
    }
}
