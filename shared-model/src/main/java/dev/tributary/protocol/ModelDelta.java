package dev.tributary.protocol;

import dev.tributary.model.Bytes;
import dev.tributary.model.Fingerprint;
import java.util.Optional;

/**
 * The word on which version is the newest, with the step that leads to it from the one before; retained.
 *
 * @param fingerprint the first 8 bytes of the schema's
 * @param digest the first 8 bytes of SHA-256 over the version's weights as float32, little-endian
 * @param step empty when the version does not come of another by a step
 */
public record ModelDelta(long version, Bytes fingerprint, Bytes digest, Optional<Step> step) {
    /** Length of a digest, in bytes. */
    public static final int DIGEST_BYTES = 8;

    /** The coded difference of the version's weights from those of {@code baseVersion}. */
    public record Step(long baseVersion, Encoding encoding, Bytes bytes) {}

    public ModelDelta {
        if (version < 0) {
            throw new IllegalArgumentException("version must be >= 0, was " + version);
        }
        if (fingerprint.size() != Fingerprint.SHORT_BYTES) {
            throw new IllegalArgumentException(
                    "fingerprint must have " + Fingerprint.SHORT_BYTES + " bytes, had " + fingerprint.size());
        }
        if (digest.size() != DIGEST_BYTES) {
            throw new IllegalArgumentException("digest must have " + DIGEST_BYTES + " bytes, had " + digest.size());
        }
        if (step.isPresent() && !(step.get().baseVersion() >= 0 && step.get().baseVersion() < version)) {
            throw new IllegalArgumentException("base version must be in [0, " + version + "), was "
                    + step.get().baseVersion());
        }
    }

    /** Whether the version comes of {@code base} by a step. */
    public boolean isFrom(long base) {
        return step.filter(one -> one.baseVersion() == base).isPresent();
    }
}
