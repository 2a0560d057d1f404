package dev.tributary.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A device's randomness for one round: the first 8 bytes, big-endian, of SHA-256 over federation, a zero byte, the
 * round's nonce, the round number (8 bytes, big-endian), device id. Never used for privacy.
 */
public record Seed(long value) {
    /** The seed of a model version's coding: that of a nonce {@code model}, the version's number and no device. */
    public static Seed ofModel(String federation, long version) {
        return of(federation, "model".getBytes(StandardCharsets.UTF_8), version, "");
    }

    /** The seed that device and coordinator both derive for this round. */
    public static Seed of(String federation, byte[] nonce, long round, String device) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(federation.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            sha.update(nonce);
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(round).array());
            sha.update(device.getBytes(StandardCharsets.UTF_8));
            return new Seed(ByteBuffer.wrap(sha.digest()).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
