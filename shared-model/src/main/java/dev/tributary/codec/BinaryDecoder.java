package dev.tributary.codec;

import dev.tributary.protocol.MalformedMessageException;
import java.nio.ByteBuffer;

/** The reading half of {@link BinaryEncoder}; beyond the end there are zeros. */
final class BinaryDecoder implements BinaryCoder {
    private static final long LOWEST_RANGE = 1L << 24;
    private static final long MASK = (1L << 32) - 1;

    private final ByteBuffer in;
    private long code;
    private long range = MASK;

    BinaryDecoder(ByteBuffer in) {
        this.in = in;
        for (int i = 0; i < 4; i++) {
            code = (code << 8) | next();
        }
    }

    private int next() {
        return in.hasRemaining() ? in.get() & 0xff : 0;
    }

    @Override
    public boolean code(boolean ignored, int probability) {
        long bound = (range * probability) >>> 16;
        boolean bit = code < bound;
        if (bit) {
            range = bound;
        } else {
            code -= bound;
            range -= bound;
        }
        while (range < LOWEST_RANGE) {
            code = ((code << 8) | next()) & MASK;
            range <<= 8;
        }
        return bit;
    }

    /** Refuses bytes that nothing was read from. */
    void finish() {
        if (in.hasRemaining()) {
            throw new MalformedMessageException(
                    "payload must end with its last coordinate, had " + in.remaining() + " bytes more");
        }
    }
}
