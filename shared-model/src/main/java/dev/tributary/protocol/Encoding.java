package dev.tributary.protocol;

/**
 * Which codec is meant, with its parameters; the length of a vector is never part of it. Parameters that a codec does not
 * have are 0; all are float32 values, since that is how they travel.
 *
 * @param id the codec's number on the wire, 0 for none
 * @param step between levels: in root mean squares of the vector, or absolute where all devices share it
 * @param deadZone what is added to a magnitude, in steps, before it is rounded down, in [0, 0.5]
 * @param bits of a level of fixed size
 */
public record Encoding(int id, double step, double deadZone, int bits) {
    /** No codec at all, as in rounds without deltas. */
    public static final Encoding NONE = Encoding.of(0);

    private static final int LARGEST_ID = 255;
    private static final int MOST_BITS = 32;

    public Encoding {
        step = asFloat32(step);
        deadZone = asFloat32(deadZone);
        if (id < 0 || id > LARGEST_ID) {
            throw new IllegalArgumentException("encoding id must be in [0, " + LARGEST_ID + "], was " + id);
        }
        if (!(step >= 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("encoding step must be finite and >= 0, was " + step);
        }
        if (!(deadZone >= 0 && deadZone <= 0.5)) {
            throw new IllegalArgumentException("encoding deadZone must be in [0, 0.5], was " + deadZone);
        }
        if (bits < 0 || bits > MOST_BITS) {
            throw new IllegalArgumentException("encoding bits must be in [0, " + MOST_BITS + "], was " + bits);
        }
    }

    private static float asFloat32(double value) {
        return (float) value;
    }

    /** A codec without parameters. */
    public static Encoding of(int id) {
        return new Encoding(id, 0, 0, 0);
    }

    /** The same codec with another step. */
    public Encoding withStep(double other) {
        return new Encoding(id, other, deadZone, bits);
    }

    /** The same codec with another dead zone. */
    public Encoding withDeadZone(double other) {
        return new Encoding(id, step, other, bits);
    }

    /** The same codec with another size of levels. */
    public Encoding withBits(int other) {
        return new Encoding(id, step, deadZone, other);
    }
}
