package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.MalformedMessageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code counts}: without loss, and small where most coordinates are zero or small whole numbers, as in an evaluation.
 *
 * <p>A sequence of unsigned LEB128 tokens: 0, then 8 bytes, is any float64, little-endian; 1, then a token r ≥ 1, is r zeros;
 * t ≥ 2 is the whole number t − 1.
 */
public final class Counts implements Codec {
    /** The number of this encoding on the wire. */
    public static final int ID = 4;
    /** The word for this encoding. */
    public static final String NAME = "counts";

    private static final double LARGEST_COUNT = 1L << 53;
    private static final int MOST_TOKEN_BITS = 56;

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Bytes encode(Vector vector, Seed seed) {
        Payload.requireFinite(vector);
        ByteArrayOutputStream out = new ByteArrayOutputStream(vector.length());
        int index = 0;
        while (index < vector.length()) {
            int zeros = zerosFrom(vector, index);
            if (zeros > 0) {
                writeToken(out, 1);
                writeToken(out, zeros);
                index += zeros;
                continue;
            }
            writeValue(out, vector.get(index));
            index++;
        }
        return Bytes.of(out.toByteArray());
    }

    private static int zerosFrom(Vector vector, int start) {
        int end = start;
        // -0.0 is not a zero here: it would not come back
        while (end < vector.length() && Double.doubleToRawLongBits(vector.get(end)) == 0) {
            end++;
        }
        return end - start;
    }

    private static void writeValue(ByteArrayOutputStream out, double value) {
        if (value >= 1 && value < LARGEST_COUNT && value == Math.rint(value)) {
            writeToken(out, (long) value + 1);
        } else {
            writeToken(out, 0);
            out.writeBytes(ByteBuffer.allocate(Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(value)
                    .array());
        }
    }

    private static void writeToken(ByteArrayOutputStream out, long token) {
        long rest = token;
        while (rest >= 0x80) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    @Override
    public Vector decode(Bytes bytes, int length, Seed seed) {
        ByteBuffer in = Payload.littleEndian(bytes);
        Vector.Builder vector = Vector.builder(length);
        int index = 0;
        while (index < length) {
            long token = readToken(in);
            if (token == 0) {
                require(in.remaining() >= Double.BYTES, "payload must not end within coordinate " + index);
                vector.set(index, Payload.requireFinite(index, in.getDouble()));
                index++;
            } else if (token == 1) {
                long zeros = readToken(in);
                require(
                        zeros >= 1 && zeros <= length - index,
                        "a run must be of 1 to " + (length - index) + " zeros, was of " + zeros);
                index += (int) zeros;
            } else {
                vector.set(index, (double) (token - 1));
                index++;
            }
        }
        require(
                !in.hasRemaining(),
                "payload of " + length + " coordinates must end, had " + in.remaining() + " bytes more");
        return vector.build();
    }

    private static long readToken(ByteBuffer in) {
        long token = 0;
        for (int shift = 0; shift < MOST_TOKEN_BITS; shift += 7) {
            require(in.hasRemaining(), "payload must not end within a number");
            byte next = in.get();
            token |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return token;
            }
        }
        throw new MalformedMessageException("a number in the payload must have at most " + MOST_TOKEN_BITS + " bits");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedMessageException(otherwise);
        }
    }
}
