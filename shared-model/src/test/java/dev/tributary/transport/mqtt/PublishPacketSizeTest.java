package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.PublishPacket;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishPacketSizeTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 90, 100, 110, 127, 128, 1_000, 16_383, 16_384, 2_097_151, 2_100_000})
    void size_anyPayload_isWhatPahoWrites(int payloadBytes) throws MqttException {
        for (String topic : new String[] {"t", "tributary/v1/wisdm/update/0/subject_1600", "tributary/v1/é/model"}) {
            for (int qos = 0; qos <= 1; qos++) {
                for (boolean expires : new boolean[] {false, true}) {
                    assertThat(PublishPacket.size(topic, payloadBytes, qos, expires))
                            .as("%s, %d bytes, QoS %d, expires %s", topic, payloadBytes, qos, expires)
                            .isEqualTo(written(topic, payloadBytes, qos, expires));
                }
            }
        }
    }

    private static int written(String topic, int payloadBytes, int qos, boolean expires) throws MqttException {
        MqttProperties properties = new MqttProperties();
        if (expires) {
            properties.setMessageExpiryInterval(60L);
        }
        MqttMessage message = new MqttMessage(new byte[payloadBytes], qos, false, properties);
        MqttPublish packet = new MqttPublish(topic, message, properties);
        packet.setMessageId(7);
        return packet.getHeader().length + packet.getPayload().length;
    }
}
