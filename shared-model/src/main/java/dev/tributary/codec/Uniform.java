package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.MalformedMessageException;
import java.nio.ByteBuffer;

/**
 * A uniform quantiser whose step is k root mean squares of the vector, and a coder: two bytes of step (bfloat16,
 * little-endian), then the coded levels; no bytes at all for a vector of zeros, or one too small for a step.
 */
public final class Uniform implements Codec {
    /** The number of {@code dither} on the wire. */
    public static final int DITHER_ID = 6;
    /** The number of {@code deadzone-ef} on the wire. */
    public static final int DEAD_ZONE_ID = 7;
    /** The number of {@code stochastic} on the wire. */
    public static final int STOCHASTIC_ID = 9;

    private final int id;
    private final String name;
    private final double relativeStep;
    private final Quantiser quantiser;
    private final Coder coder;

    private Uniform(int id, String name, double relativeStep, Quantiser quantiser, Coder coder) {
        this.id = id;
        this.name = name;
        this.relativeStep = relativeStep;
        this.quantiser = quantiser;
        this.coder = coder;
    }

    static Uniform dither(double step) {
        return new Uniform(DITHER_ID, "dither", step, new SubtractiveDither(), new RangeCoder());
    }

    static Uniform deadZone(double step, double offset) {
        return new Uniform(DEAD_ZONE_ID, "deadzone-ef", step, new DeadZone(offset), new RangeCoder());
    }

    static Uniform stochastic(double step) {
        return new Uniform(STOCHASTIC_ID, "stochastic", step, new Stochastic(), new Rice());
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Bytes encode(Vector vector, Seed seed) {
        Payload.requireFinite(vector);
        int wireStep = BFloat16.bits(relativeStep * rootMeanSquare(vector));
        if (wireStep == 0) {
            return Bytes.empty();
        }
        double step = step(wireStep, vector);
        double[] noise = quantiser.noise(vector.length(), seed);
        int[] levels = new int[vector.length()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = quantiser.level(vector.get(i) / step, noise[i]);
        }
        int decodingStep = BFloat16.bits(quantiser.decodingStep(vector, levels, step));
        if (decodingStep == 0) {
            return Bytes.empty();
        }
        step(decodingStep, vector);
        byte[] coded = coder.encode(levels, hints(noise));
        byte[] payload = new byte[Short.BYTES + coded.length];
        Payload.littleEndian(payload).putShort((short) decodingStep).put(coded);
        return Bytes.of(payload);
    }

    private static double step(int bits, Vector vector) {
        if (!BFloat16.isStep(bits)) {
            throw new IllegalArgumentException(
                    "vector must be finite and in the range of the encoding, was of norm " + vector.norm());
        }
        return BFloat16.value(bits);
    }

    private static double rootMeanSquare(Vector vector) {
        double largest = 0;
        for (int i = 0; i < vector.length(); i++) {
            largest = Math.max(largest, Math.abs(vector.get(i)));
        }
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < vector.length(); i++) {
            double value = vector.get(i) / largest;
            sum += value * value;
        }
        return largest * Math.sqrt(sum / vector.length());
    }

    private byte[] hints(double[] noise) {
        byte[] hints = new byte[noise.length];
        for (int i = 0; i < hints.length; i++) {
            hints[i] = (byte) quantiser.hint(noise[i]);
        }
        return hints;
    }

    @Override
    public Vector decode(Bytes bytes, int length, Seed seed) {
        if (bytes.size() == 0) {
            return Vector.zeros(length);
        }
        if (bytes.size() < Short.BYTES || length == 0) {
            throw new MalformedMessageException("payload of " + length
                    + " coordinates must be empty or begin with a step, had " + bytes.size() + " bytes");
        }
        ByteBuffer in = Payload.littleEndian(bytes);
        int wireStep = in.getShort() & 0xffff;
        if (!BFloat16.isStep(wireStep)) {
            throw new MalformedMessageException(
                    "step must be a finite number above 0, was " + BFloat16.value(wireStep));
        }
        double step = BFloat16.value(wireStep);
        double[] noise = quantiser.noise(length, seed);
        int[] levels = coder.decode(in, hints(noise));
        Vector.Builder vector = Vector.builder(length);
        for (int i = 0; i < length; i++) {
            vector.set(i, step * quantiser.value(levels[i], noise[i]));
        }
        return vector.build();
    }
}
