package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.model.Vector;
import dev.tributary.protocol.RoundAnnouncement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What a device's updates left out, in float32.
 *
 * @param version the base version of the round that left it out
 * @param fingerprint of the schema that it is a vector of
 * @param pending what becomes of it once the last update is answered
 */
record Residual(long version, Bytes fingerprint, Vector vector, Optional<Pending> pending) {
    /** A residual of an earlier version than this many ago says little about where the model is now. */
    private static final long USEFUL_VERSIONS = 5;

    private static final int FORMAT = 1;

    /**
     * An update without a receipt.
     *
     * @param ifAccepted what its encoding left out
     * @param ifNot all that it was to say
     */
    record Pending(RoundKey key, Vector ifAccepted, Vector ifNot) {}

    /** Whether it may be added to an update to this call. */
    boolean isUsefulTo(RoundAnnouncement call, int length) {
        long age = call.baseVersion() - version;
        return age >= 0
                && age <= USEFUL_VERSIONS
                && fingerprint.equals(call.fingerprint())
                && vector.length() == length;
    }

    /** The residual after the pending update was answered. */
    Residual settled(boolean isAccepted) {
        Pending answered = pending.orElseThrow();
        return new Residual(
                answered.key().baseVersion(),
                answered.key().fingerprint(),
                isAccepted ? answered.ifAccepted() : answered.ifNot(),
                Optional.empty());
    }

    Bytes toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(version);
            Answer.writeBytes(out, fingerprint);
            write(out, vector);
            out.writeBoolean(pending.isPresent());
            if (pending.isPresent()) {
                pending.get().key().writeTo(out);
                write(out, pending.get().ifAccepted());
                write(out, pending.get().ifNot());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    /** The stored residual; empty when an agent that wrote another format left it. */
    static Optional<Residual> of(Bytes stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored.toArray()))) {
            if (in.readUnsignedByte() != FORMAT) {
                return Optional.empty();
            }
            long version = in.readLong();
            Bytes fingerprint = Answer.readBytes(in);
            Vector vector = readVector(in);
            Optional<Pending> pending = in.readBoolean()
                    ? Optional.of(new Pending(RoundKey.readFrom(in), readVector(in), readVector(in)))
                    : Optional.empty();
            return Optional.of(new Residual(version, fingerprint, vector, pending));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void write(DataOutputStream out, Vector vector) throws IOException {
        out.writeInt(vector.length());
        for (int i = 0; i < vector.length(); i++) {
            out.writeFloat((float) vector.get(i));
        }
    }

    private static Vector readVector(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available() / Float.BYTES) {
            throw new IOException("stored vector must be there in full, had " + in.available() + " bytes");
        }
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = in.readFloat();
        }
        return Vector.of(values);
    }
}
