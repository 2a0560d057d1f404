package dev.tributary.codec;

import java.io.ByteArrayOutputStream;

/** Bits to bytes, the lowest bit of a byte first. */
final class BitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long held;
    private int count;

    /** Appends the lower {@code bits} bits of {@code value}, at most 32, the lowest first. */
    void write(long value, int bits) {
        held |= (value & ((1L << bits) - 1)) << count;
        count += bits;
        while (count >= Byte.SIZE) {
            out.write((int) held);
            held >>>= Byte.SIZE;
            count -= Byte.SIZE;
        }
    }

    /** The bytes; the last one is filled with zeros. */
    byte[] finish() {
        if (count > 0) {
            out.write((int) held);
        }
        return out.toByteArray();
    }
}
