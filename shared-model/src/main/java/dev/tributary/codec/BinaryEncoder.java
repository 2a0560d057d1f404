package dev.tributary.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The writing half of a binary range coder (Martin 1979, with the carry handling of LZMA): 32-bit range, 16-bit
 * probabilities. Trailing zero bytes are left out, since {@link BinaryDecoder} reads zeros beyond the end.
 */
final class BinaryEncoder implements BinaryCoder {
    private static final long LOWEST_RANGE = 1L << 24;
    private static final long CARRY = 1L << 32;

    private final ByteArrayOutputStream out;
    private long low;
    private long range = CARRY - 1;
    private int cache;
    private long pending;
    private boolean isFirst = true;

    BinaryEncoder(int expectedBytes) {
        this.out = new ByteArrayOutputStream(expectedBytes);
    }

    @Override
    public boolean code(boolean bit, int probability) {
        long bound = (range * probability) >>> 16;
        if (bit) {
            range = bound;
        } else {
            low += bound;
            range -= bound;
        }
        while (range < LOWEST_RANGE) {
            shift();
            range <<= 8;
        }
        return bit;
    }

    private void shift() {
        if (low < 0xff000000L || low >= CARRY) {
            int carry = (int) (low >>> 32);
            if (!isFirst) {
                out.write(cache + carry);
            }
            isFirst = false;
            for (; pending > 0; pending--) {
                out.write(0xff + carry);
            }
            cache = (int) (low >>> 24) & 0xff;
        } else {
            pending++;
        }
        low = (low & 0x00ffffffL) << 8;
    }

    /** The bytes; call once, at the end. */
    byte[] finish() {
        // The number in [low, low + range) with the most trailing zeros: the fewest bytes are left after trimming.
        long last = low + range - 1;
        for (int zeros = 32; zeros >= 0; zeros--) {
            long candidate = last >>> zeros << zeros;
            if (candidate >= low) {
                low = candidate;
                break;
            }
        }
        for (int i = 0; i < 5; i++) {
            shift();
        }
        byte[] bytes = out.toByteArray();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }
}
