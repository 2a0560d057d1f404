package dev.tributary.model;

import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 of a schema with its standardiser: what two sides compare to know that they speak of the same model. */
public final class Fingerprint {
    /** Length of a fingerprint, in bytes. */
    public static final int BYTES = 32;
    /** Length of the abbreviation that travels with an update, in bytes. */
    public static final int SHORT_BYTES = 8;

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The fingerprint with these 32 bytes. */
    public static Fingerprint of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("fingerprint must have 32 bytes, had " + bytes.length);
        }
        return new Fingerprint(bytes.clone());
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** A copy of the first 8 bytes. */
    public byte[] shortBytes() {
        return Arrays.copyOf(bytes, SHORT_BYTES);
    }

    /** Whether {@code abbreviation} is the first 8 bytes of this. */
    public boolean matches(byte[] abbreviation) {
        return Arrays.equals(shortBytes(), abbreviation);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint && Arrays.equals(bytes, fingerprint.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(shortBytes());
    }
}
