package dev.tributary.transport.mqtt;

import dev.tributary.transport.PublishPacket;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** The size of a PUBLISH that came, with the properties that the broker gave it. */
final class ReceivedPacket {
    private ReceivedPacket() {}

    static int size(String topic, MqttMessage message) {
        return PublishPacket.size(topic, message.getPayload().length, message.getQos(), propertyBytes(message));
    }

    private static int propertyBytes(MqttMessage message) {
        try {
            byte[] encoded = message.getProperties().encodeProperties();
            // The first bytes say how many follow, seven bits each.
            int lengthBytes = 1;
            while ((encoded[lengthBytes - 1] & 0x80) != 0) {
                lengthBytes++;
            }
            return encoded.length - lengthBytes;
        } catch (MqttException e) {
            return 0;
        }
    }
}
