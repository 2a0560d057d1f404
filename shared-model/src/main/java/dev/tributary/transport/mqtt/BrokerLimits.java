package dev.tributary.transport.mqtt;

import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * What a broker said in its CONNACK.
 *
 * @param window how many publications may be unanswered, at most {@link #MAX_WINDOW}
 * @param maxPacketBytes the largest packet that it takes
 * @param topicAliases whether Paho will use topic aliases, which makes packets smaller than we count
 */
record BrokerLimits(int window, long maxPacketBytes, boolean topicAliases) {
    static final int MAX_WINDOW = 64;
    /** The largest packet of MQTT: the longest remaining length and the fixed header. */
    private static final long MQTT_MAX_PACKET_BYTES = 268_435_460L;

    static BrokerLimits of(MqttProperties properties) {
        if (properties == null) {
            return new BrokerLimits(MAX_WINDOW, MQTT_MAX_PACKET_BYTES, false);
        }
        Integer receiveMaximum = properties.getReceiveMaximum();
        Long maxPacket = properties.getMaximumPacketSize();
        Integer aliases = properties.getTopicAliasMaximum();
        return new BrokerLimits(
                receiveMaximum == null ? MAX_WINDOW : Math.min(receiveMaximum, MAX_WINDOW),
                maxPacket == null ? MQTT_MAX_PACKET_BYTES : maxPacket,
                aliases != null && aliases > 0);
    }
}
