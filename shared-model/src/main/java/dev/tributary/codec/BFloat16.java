package dev.tributary.codec;

/** The upper half of a binary32 (bfloat16): a step's size in two bytes. */
final class BFloat16 {
    private static final int SIGN_AND_EXPONENT = 0xff80;
    private static final int INFINITY = 0x7f80;
    private static final int LEAST_NORMAL = 0x0080;

    private BFloat16() {}

    /** The bits nearest to a value ≥ 0, ties upwards; 0 for what is below the least normal number. */
    static int bits(double value) {
        int bits = (Float.floatToIntBits((float) value) + 0x8000) >>> 16;
        return bits < LEAST_NORMAL ? 0 : bits;
    }

    /** Whether these are the bits of a positive normal number. */
    static boolean isStep(int bits) {
        return bits >= LEAST_NORMAL && (bits & SIGN_AND_EXPONENT) < INFINITY;
    }

    static double value(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
