package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.update.FederationId;
import java.util.Optional;

/**
 * What a device must remember over a restart: small values for each federation, and the number of its contributions. A
 * value is durable when {@link #put} returns. Used by one thread at a time; a change that cannot be written throws
 * {@link java.io.UncheckedIOException} and is not made.
 */
public interface DeviceState extends AutoCloseable {
    /** What is remembered for a federation. */
    enum Slot {
        /** The last specification, as it came. */
        SPEC,
        /** The last model, as it came; it predicts while there is no connection. */
        MODEL,
        /** The personal model, while the device has one. */
        PERSONAL,
        /** The answer to the last round, until the next one is answered. */
        ANSWER,
        /** The schema revision whose statistics were rejected. */
        REJECTED_REVISION,
        /** What the device's updates left out, for encodings with error feedback. */
        RESIDUAL,
        /** What went over the link in the last hours, where there is a byte budget. */
        TRAFFIC
    }

    /** The remembered value. */
    Optional<Bytes> get(FederationId federation, Slot slot);

    /** Remembers a value in place of the one before. */
    void put(FederationId federation, Slot slot, Bytes value);

    /** Forgets a value. */
    void remove(FederationId federation, Slot slot);

    /** The next number of this device's contributions, from 1; never given twice. */
    long nextSequence();

    @Override
    void close();
}
