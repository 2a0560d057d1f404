package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import java.nio.ByteBuffer;

/**
 * {@code float64}: each coordinate as IEEE 754 binary64, little-endian; 8 bytes a coordinate, without loss. For moments
 * and evaluations, whose sums a smaller float would spoil.
 */
public final class Float64 implements Codec {
    /** The number of this encoding on the wire. */
    public static final int ID = 3;
    /** The word for this encoding in a plan. */
    public static final String NAME = "float64";

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
        byte[] payload = new byte[Math.toIntExact((long) Double.BYTES * vector.length())];
        ByteBuffer out = Payload.littleEndian(payload);
        for (int i = 0; i < vector.length(); i++) {
            out.putDouble(vector.get(i));
        }
        return Bytes.of(payload);
    }

    @Override
    public Vector decode(Bytes bytes, int length, Seed seed) {
        ByteBuffer in = Payload.read(bytes, length, (long) Double.BYTES * length);
        Vector.Builder vector = Vector.builder(length);
        for (int i = 0; i < length; i++) {
            vector.set(i, Payload.requireFinite(i, in.getDouble()));
        }
        return vector.build();
    }
}
