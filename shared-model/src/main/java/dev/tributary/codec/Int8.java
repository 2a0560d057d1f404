package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.MalformedMessageException;
import java.nio.ByteBuffer;

/**
 * {@code int8}: for each block of 64 coordinates (the last may be shorter) a scale {@code s} as binary32, little-endian,
 * then one signed byte {@code q} in [−127, 127] for each coordinate; it stands for {@code s·q}.
 *
 * <p>{@code s} is the binary32 nearest to max|x|/127 and {@code q} the integer nearest to x/s, ties to even, so a
 * coordinate is wrong by at most s/2 (and s's own rounding). A block of zeros, or one too small for a scale above zero,
 * has scale 0 and decodes to zeros.
 */
public final class Int8 implements Codec {
    /** The number of this encoding on the wire. */
    public static final int ID = 2;
    /** The word for this encoding in a plan. */
    public static final String NAME = "int8";
    /** How many coordinates share a scale. */
    public static final int BLOCK = 64;

    private static final int LEVELS = 127;

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
        byte[] payload = new byte[Math.toIntExact(size(vector.length()))];
        ByteBuffer out = Payload.littleEndian(payload);
        for (int start = 0; start < vector.length(); start += BLOCK) {
            int end = Math.min(start + BLOCK, vector.length());
            float scale = scale(vector, start, end);
            out.putFloat(scale);
            for (int i = start; i < end; i++) {
                double quantised = scale == 0 ? 0 : Math.rint(vector.get(i) / scale);
                out.put((byte) Math.max(-LEVELS, Math.min(LEVELS, quantised)));
            }
        }
        return Bytes.of(payload);
    }

    private static float scale(Vector vector, int start, int end) {
        int largest = start;
        for (int i = start; i < end; i++) {
            if (Math.abs(vector.get(i)) > Math.abs(vector.get(largest))) {
                largest = i;
            }
        }
        double value = vector.get(largest);
        return Payload.requireFits(largest, value, (float) (Math.abs(value) / LEVELS));
    }

    @Override
    public Vector decode(Bytes bytes, int length, Seed seed) {
        ByteBuffer in = Payload.read(bytes, length, size(length));
        Vector.Builder vector = Vector.builder(length);
        double scale = 0;
        for (int i = 0; i < length; i++) {
            if (i % BLOCK == 0) {
                scale = Payload.requireFinite(i, in.getFloat());
                if (scale < 0) {
                    throw new MalformedMessageException("scale of coordinate " + i + " must be >= 0, was " + scale);
                }
            }
            int quantised = in.get();
            if (quantised < -LEVELS) {
                throw new MalformedMessageException("level of coordinate " + i + " must be >= -127, was " + quantised);
            }
            vector.set(i, scale * quantised);
        }
        return vector.build();
    }

    private static long size(int length) {
        return length + Float.BYTES * (((long) length + BLOCK - 1) / BLOCK);
    }
}
