package dev.tributary.transport;

import java.nio.charset.StandardCharsets;

/** The size of an MQTT 5 PUBLISH packet (MQTT 5.0, section 3.3), so that every byte count has one definition. */
public final class PublishPacket {
    private static final int EXPIRY_PROPERTY_BYTES = 5;

    private PublishPacket() {}

    /** The bytes of a PUBLISH from fixed header to payload, its only property an expiry interval if it expires. */
    public static int size(String topic, int payloadBytes, int qos, boolean expires) {
        return size(topic, payloadBytes, qos, expires ? EXPIRY_PROPERTY_BYTES : 0);
    }

    /** The size of {@code publication} when it is sent. */
    public static int size(Publication publication) {
        return size(
                publication.topic(),
                publication.payload().size(),
                publication.qos(),
                publication.expiry().isPresent());
    }

    /** The bytes of a PUBLISH with {@code propertyBytes} of properties, their length field not counted. */
    public static int size(String topic, int payloadBytes, int qos, int propertyBytes) {
        int packetId = qos == 0 ? 0 : 2;
        long rest = 2L
                + topic.getBytes(StandardCharsets.UTF_8).length
                + packetId
                + variableLength(propertyBytes)
                + propertyBytes
                + payloadBytes;
        return Math.toIntExact(1 + variableLength(rest) + rest);
    }

    /** The bytes of a variable byte integer: seven bits each. */
    private static int variableLength(long value) {
        int bytes = 1;
        for (long left = value >>> 7; left > 0; left >>>= 7) {
            bytes++;
        }
        return bytes;
    }
}
