package dev.tributary.coordinator.selection;

import dev.tributary.model.Bytes;
import dev.tributary.update.RoundId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Where a round's nonce comes from. */
public interface NonceSource {
    /** Length of a nonce, in bytes. */
    int NONCE_BYTES = 16;

    /** The nonce of this round. */
    Bytes nonce(RoundId round);

    /** The first 16 bytes of SHA-256(seed, round number, attempt), all big-endian: the same for the same seed. */
    static NonceSource seeded(long seed) {
        return round -> {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256")
                        .digest(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                                .putLong(seed)
                                .putLong(round.number())
                                .putInt(round.attempt())
                                .array());
                return Bytes.of(Arrays.copyOf(digest, NONCE_BYTES));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** Fresh bytes of {@code random} each time; a {@link java.security.SecureRandom} outside tests. */
    static NonceSource random(RandomGenerator random) {
        return round -> {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            return Bytes.of(nonce);
        };
    }
}
