package dev.tributary.chaos.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Small MQTT 5 packets for tests. */
final class MqttBytes {
    private MqttBytes() {}

    static byte[] connect(String client) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(5);
        body.write(2);
        number(body, 30);
        body.write(0);
        text(body, client);
        return packet(0x10, body);
    }

    /** QoS 1. */
    static byte[] publish(String topic, int id, String payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        number(body, id);
        body.write(0);
        body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        return packet(0x32, body);
    }

    static byte[] puback(int id) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, id);
        return packet(0x40, body);
    }

    private static byte[] packet(int first, ByteArrayOutputStream body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        packet.write(body.size());
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        number(out, text.length());
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
