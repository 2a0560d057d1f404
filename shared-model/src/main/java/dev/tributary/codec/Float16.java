package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import java.nio.ByteBuffer;

/** {@code float16}: each coordinate as its nearest IEEE 754 binary16, ties to even, little-endian; 2 bytes a coordinate. */
public final class Float16 implements Codec {
    /** The number of this encoding on the wire. */
    public static final int ID = 5;
    /** The word for this encoding in a plan. */
    public static final String NAME = "float16";

    private static final double LEAST_NORMAL = 0x1.0p-14;
    private static final double UNIT_OF_SUBNORMALS = 0x1.0p-24;
    private static final int FRACTION_BITS = 10;
    private static final int EXPONENT_BIAS = 15;
    private static final int LARGEST_EXPONENT = 15;

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
        byte[] payload = new byte[Math.toIntExact((long) Short.BYTES * vector.length())];
        ByteBuffer out = Payload.littleEndian(payload);
        for (int i = 0; i < vector.length(); i++) {
            out.putShort(half(i, vector.get(i)));
        }
        return Bytes.of(payload);
    }

    private static short half(int index, double value) {
        int sign = value < 0 || 1 / value < 0 ? 0x8000 : 0;
        double magnitude = Math.abs(value);
        if (magnitude < LEAST_NORMAL) {
            return (short) (sign | (int) Math.rint(magnitude / UNIT_OF_SUBNORMALS));
        }
        int exponent = Math.getExponent(magnitude);
        double fraction = exponent > LARGEST_EXPONENT
                ? Double.POSITIVE_INFINITY
                : Math.rint(Math.scalb(magnitude, FRACTION_BITS - exponent));
        // A fraction that rounds up to 2¹¹ carries into the exponent, as it should.
        double bits = (exponent + EXPONENT_BIAS - 1) * 1024.0 + fraction;
        Payload.requireFits(index, value, bits < 0x7c00 ? 0 : Float.NaN);
        return (short) (sign | (int) bits);
    }

    @Override
    public Vector decode(Bytes bytes, int length, Seed seed) {
        ByteBuffer in = Payload.read(bytes, length, (long) Short.BYTES * length);
        Vector.Builder vector = Vector.builder(length);
        for (int i = 0; i < length; i++) {
            vector.set(i, Payload.requireFinite(i, value(in.getShort())));
        }
        return vector.build();
    }

    private static double value(short bits) {
        int exponent = (bits >>> FRACTION_BITS) & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude = switch (exponent) {
            case 0 -> fraction * UNIT_OF_SUBNORMALS;
            case 0x1f -> Double.NaN;
            default -> Math.scalb(1024.0 + fraction, exponent - EXPONENT_BIAS - FRACTION_BITS);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}
