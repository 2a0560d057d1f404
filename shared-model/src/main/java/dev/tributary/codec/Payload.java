package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Vector;
import dev.tributary.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The checks that every encoding makes of what it is given; payloads are little-endian. */
final class Payload {
    private Payload() {}

    static ByteBuffer littleEndian(byte[] payload) {
        return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    static ByteBuffer littleEndian(Bytes payload) {
        return payload.toBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The payload to read, of exactly {@code expected} bytes. */
    static ByteBuffer read(Bytes bytes, int length, long expected) {
        if (bytes.size() != expected) {
            throw new MalformedMessageException(
                    "payload of " + length + " coordinates must have " + expected + " bytes, had " + bytes.size());
        }
        return littleEndian(bytes);
    }

    /** Refuses to encode a vector with a coordinate that is no number. */
    static void requireFinite(Vector vector) {
        if (!vector.isFinite()) {
            throw new IllegalArgumentException("vector must be finite, was " + vector);
        }
    }

    static double requireFinite(int index, double decoded) {
        if (!Double.isFinite(decoded)) {
            throw new MalformedMessageException("coordinate " + index + " must be finite, was " + decoded);
        }
        return decoded;
    }

    /** {@code rounded}, which must be finite; it is what {@code value} became in this encoding's range. */
    static float requireFits(int index, double value, float rounded) {
        if (!Float.isFinite(rounded)) {
            throw new IllegalArgumentException(
                    "coordinate " + index + " must be finite and in the range of the encoding, was " + value);
        }
        return rounded;
    }
}
