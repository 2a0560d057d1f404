package dev.tributary.broker.extension;

import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.general.UserProperty;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import java.nio.charset.StandardCharsets;

/** The bytes of a PUBLISH packet on the wire, from the fixed header to the end of the payload (MQTT 5.0, section 3.3). */
final class PublishSize {
    private static final int STRING_PREFIX_BYTES = 2;
    private static final int PACKET_ID_BYTES = 2;
    private static final long MAX_EXPIRY_SECONDS = 0xffff_ffffL;

    private PublishSize() {}

    /** The size of a packet as a client of this version sends or gets it. */
    static long of(PublishPacket packet, MqttVersion version) {
        long remaining = string(packet.getTopic());
        if (packet.getQos() != Qos.AT_MOST_ONCE) {
            remaining += PACKET_ID_BYTES;
        }
        if (version == MqttVersion.V_5) {
            long properties = properties(packet);
            remaining += variableInteger(properties) + properties;
        }
        remaining += packet.getPayload().map(payload -> payload.remaining()).orElse(0);
        return 1 + variableInteger(remaining) + remaining;
    }

    private static long properties(PublishPacket packet) {
        long bytes = 0;
        bytes += packet.getPayloadFormatIndicator().isPresent() ? 2 : 0;
        bytes += packet.getMessageExpiryInterval()
                        .filter(seconds -> seconds <= MAX_EXPIRY_SECONDS)
                        .isPresent()
                ? 5
                : 0;
        bytes += packet.getResponseTopic().map(topic -> 1 + string(topic)).orElse(0L);
        bytes += packet.getCorrelationData()
                .map(data -> 1L + STRING_PREFIX_BYTES + data.remaining())
                .orElse(0L);
        bytes += packet.getContentType().map(type -> 1 + string(type)).orElse(0L);
        for (int identifier : packet.getSubscriptionIdentifiers()) {
            bytes += 1 + variableInteger(identifier);
        }
        for (UserProperty property : packet.getUserProperties().asList()) {
            bytes += 1 + string(property.getName()) + string(property.getValue());
        }
        return bytes;
    }

    private static long string(String text) {
        return (long) STRING_PREFIX_BYTES + text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int variableInteger(long value) {
        return value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;
    }
}
