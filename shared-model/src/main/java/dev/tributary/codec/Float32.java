package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import java.nio.ByteBuffer;

/** {@code exact}: each coordinate as its nearest IEEE 754 binary32, little-endian; 4 bytes a coordinate. */
public final class Float32 implements Codec {
    /** The number of this encoding on the wire. */
    public static final int ID = 1;
    /** The word for this encoding in a plan. */
    public static final String NAME = "exact";

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
        byte[] payload = new byte[Math.toIntExact((long) Float.BYTES * vector.length())];
        ByteBuffer out = Payload.littleEndian(payload);
        for (int i = 0; i < vector.length(); i++) {
            out.putFloat(Payload.requireFits(i, vector.get(i), (float) vector.get(i)));
        }
        return Bytes.of(payload);
    }

    @Override
    public Vector decode(Bytes bytes, int length, Seed seed) {
        ByteBuffer in = Payload.read(bytes, length, (long) Float.BYTES * length);
        Vector.Builder vector = Vector.builder(length);
        for (int i = 0; i < length; i++) {
            vector.set(i, Payload.requireFinite(i, in.getFloat()));
        }
        return vector.build();
    }
}
