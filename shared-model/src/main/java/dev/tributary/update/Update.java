package dev.tributary.update;

import dev.tributary.model.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * A device's contribution to a round.
 *
 * @param sequence counts this device's contributions; persisted by the device
 * @param baseVersion the model version that it was made from
 * @param fingerprint the first 8 bytes of the schema's fingerprint
 * @param exampleCount the examples behind it, > 0
 * @param correct how many of them the trained model got right; 0 where that means nothing
 * @param loss the summed loss over them before training; 0 where that means nothing
 */
public record Update(
        RoundId round,
        long sequence,
        long baseVersion,
        Bytes fingerprint,
        RoundKind kind,
        long exampleCount,
        List<EncodedVector> vectors,
        long correct,
        double loss)
        implements DeviceMessage {
    public Update {
        vectors = List.copyOf(vectors);
    }

    /** The vector with this role, if the update has one. */
    public Optional<EncodedVector> vector(EncodedVector.Role role) {
        return vectors.stream().filter(vector -> vector.role() == role).findFirst();
    }
}
