package dev.tributary.protocol;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/**
 * The call to a round; retained until its deadline.
 *
 * @param fingerprint the first 8 bytes of the fingerprint of the schema that the round runs under
 * @param nonce randomness of the round; selection and seeds derive from it
 * @param share the share of all possible devices that is selected, in [0, 1]
 * @param learningRate of local training, ≥ 0; 0 outside TRAIN
 * @param encoding of the deltas; {@link Encoding#NONE} outside TRAIN
 * @param trainRounds TRAIN rounds closed before this one: the position in the learning-rate schedule
 * @param comparisons whether an EVALUATE round also asks for LOCAL_ONLY and BASELINE
 * @param deadline how long the round stays open from its announcement
 * @param comeBack when a device that sleeps should look again
 */
public record RoundAnnouncement(
        FederationId federation,
        RoundId round,
        RoundKind kind,
        long baseVersion,
        Bytes fingerprint,
        Bytes nonce,
        double share,
        double learningRate,
        double learningRateDecay,
        Encoding encoding,
        int trainRounds,
        boolean comparisons,
        Duration deadline,
        Duration comeBack) {
    public RoundAnnouncement {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in [0, 1], was " + share);
        }
        if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate must be >= 0, was " + learningRate);
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline must be > 0, was " + deadline);
        }
    }

    /** An announcement of an encoding without parameters. */
    public RoundAnnouncement(
            FederationId federation,
            RoundId round,
            RoundKind kind,
            long baseVersion,
            Bytes fingerprint,
            Bytes nonce,
            double share,
            double learningRate,
            double learningRateDecay,
            int encoding,
            int trainRounds,
            boolean comparisons,
            Duration deadline,
            Duration comeBack) {
        this(
                federation,
                round,
                kind,
                baseVersion,
                fingerprint,
                nonce,
                share,
                learningRate,
                learningRateDecay,
                Encoding.of(encoding),
                trainRounds,
                comparisons,
                deadline,
                comeBack);
    }

    /**
     * Whether {@code device} may contribute: the first 8 bytes of SHA-256(nonce ‖ device id), unsigned, over 2⁶⁴ are
     * below the share.
     */
    public boolean selects(DeviceId device) {
        return share >= 1 || position(nonce, device) < share;
    }

    /** Where the rule of {@link #selects} puts a device, in [0, 1). */
    public static double position(Bytes nonce, DeviceId device) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(nonce.toArray());
            sha.update(device.value().getBytes(StandardCharsets.UTF_8));
            long first = ByteBuffer.wrap(sha.digest()).getLong();
            return (first >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The device's randomness for this round. */
    public Seed seed(DeviceId device) {
        return Seed.of(federation.value(), nonce.toArray(), round.number(), device.value());
    }
}
