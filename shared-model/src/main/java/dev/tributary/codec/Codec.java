package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;

/** One way to write a vector of known length; immutable and safe for use by many threads. */
public sealed interface Codec permits Float32, Int8, Float64, Counts, Float16, Uniform, Ring {
    /** The number that names this encoding on the wire, 1 to 255; never reused. */
    int id();

    /** The word that names this encoding in a plan. */
    String name();

    /**
     * The bytes of a finite vector; randomness, where there is any, comes from {@code seed} alone.
     *
     * @throws IllegalArgumentException when a coordinate is not finite or too large for this encoding
     */
    Bytes encode(Vector vector, Seed seed);

    /**
     * The vector of {@code length} coordinates that these bytes stand for; bounded in time and memory by
     * {@code length}.
     *
     * @throws dev.tributary.protocol.MalformedMessageException when they stand for none
     */
    Vector decode(Bytes bytes, int length, Seed seed);
}
