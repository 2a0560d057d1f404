package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * {@code ring}: rotation, subtractive dither on a step that all devices share, and residues modulo 2^bits, so that the sum of
 * what devices send decodes to the sum of their vectors as long as it stays within the ring; what secure aggregation adds up.
 *
 * <p>The rotation is the same for all vectors of a length: its seed is the length. Unbiased.
 */
public final class Ring implements Codec {
    /** The number of this encoding on the wire. */
    public static final int ID = 8;
    /** The word for this encoding in a plan. */
    public static final String NAME = "ring";

    private static final Quantiser DITHER = new SubtractiveDither();

    private final double step;
    private final FixedBits coder;

    /** A ring of 2^bits levels, {@code bits} in [2, 32], with an absolute step > 0. */
    Ring(double step, int bits) {
        this.step = step;
        this.coder = new FixedBits(bits);
    }

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
        return Bytes.of(coder.encode(levels(vector, seed), new byte[vector.length()]));
    }

    /** The levels of a vector, before they are reduced modulo 2^bits. */
    private int[] levels(Vector vector, Seed seed) {
        Payload.requireFinite(vector);
        double[] rotated = vector.toArray();
        rotation(vector.length()).rotate(rotated);
        double[] noise = DITHER.noise(rotated.length, seed);
        int[] levels = new int[rotated.length];
        for (int i = 0; i < levels.length; i++) {
            double steps = rotated[i] / step;
            if (!(Math.abs(steps) < coder.largestLevel())) {
                throw new IllegalArgumentException(
                        "coordinates must be finite and in the range of the encoding, which is "
                                + step * coder.largestLevel() + " when rotated, was " + rotated[i]);
            }
            levels[i] = DITHER.level(steps, noise[i]);
        }
        return levels;
    }

    @Override
    public Vector decode(Bytes bytes, int length, Seed seed) {
        return decodeSum(bytes, length, List.of(seed));
    }

    /** The payload of the sum: coordinate by coordinate modulo 2^bits. */
    public Bytes add(Bytes one, Bytes other, int length) {
        int[] sum = residues(one, length);
        int[] more = residues(other, length);
        for (int i = 0; i < length; i++) {
            sum[i] += more[i];
        }
        return Bytes.of(coder.encode(sum, new byte[length]));
    }

    /** The sum of the vectors whose payloads were added up, each encoded with one of these seeds. */
    public Vector decodeSum(Bytes sum, int length, List<Seed> seeds) {
        int[] levels = residues(sum, length);
        double[] dither = new double[length];
        for (Seed seed : seeds) {
            double[] noise = DITHER.noise(length, seed);
            for (int i = 0; i < length; i++) {
                dither[i] += noise[i];
            }
        }
        double[] values = new double[length];
        Arrays.setAll(values, i -> step * DITHER.value(levels[i], dither[i]));
        rotation(length).rotateBack(values);
        return Vector.of(values);
    }

    private int[] residues(Bytes bytes, int length) {
        coder.require(bytes.size(), length);
        return coder.decode(Payload.littleEndian(bytes), new byte[length]);
    }

    private static Rotation rotation(int length) {
        return new Rotation(length, new Seed(length));
    }
}
