package dev.tributary.codec;

import dev.tributary.protocol.MalformedMessageException;
import java.nio.ByteBuffer;

/** What {@link BitWriter} wrote. */
final class BitReader {
    private final ByteBuffer in;
    private long held;
    private int count;

    BitReader(ByteBuffer in) {
        this.in = in;
    }

    /** The next {@code bits} bits, at most 32, unsigned. */
    long read(int bits) {
        while (count < bits) {
            if (!in.hasRemaining()) {
                throw new MalformedMessageException("payload must not end within a coordinate");
            }
            held |= (in.get() & 0xffL) << count;
            count += Byte.SIZE;
        }
        long value = held & ((1L << bits) - 1);
        held >>>= bits;
        count -= bits;
        return value;
    }

    /** Refuses whatever is left but the zeros that fill the last byte. */
    void finish() {
        if (in.hasRemaining() || count >= Byte.SIZE || held != 0) {
            throw new MalformedMessageException(
                    "payload must end with its last coordinate, had " + in.remaining() + " bytes more");
        }
    }
}
