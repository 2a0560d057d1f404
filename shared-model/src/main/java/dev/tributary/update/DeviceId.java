package dev.tributary.update;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A device's name, which is also its MQTT client id: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
public record DeviceId(String value) implements Comparable<DeviceId> {
    public DeviceId {
        Names.require("device", value);
    }

    /** One of {@code count} parts of the fleet: the first 4 bytes of SHA-256(id), unsigned, modulo {@code count}. */
    public int shard(int count) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return Integer.remainderUnsigned(ByteBuffer.wrap(digest).getInt(), count);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
