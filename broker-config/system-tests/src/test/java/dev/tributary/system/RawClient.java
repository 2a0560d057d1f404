package dev.tributary.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** MQTT 5 by hand, so that a test knows each byte on the wire. */
final class RawClient implements AutoCloseable {
    /** Fixed header's first byte of the packets that come back. */
    static final int CONNACK = 0x20;

    static final int PUBACK = 0x40;
    static final int SUBACK = 0x90;
    static final int PUBLISH_QOS_1 = 0x32;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connects with a clean start and a keep-alive of 60 s. */
    static RawClient connect(URI broker, String clientId) throws IOException {
        return connect(broker, clientId, 60);
    }

    /** Connects with a clean start and this keep-alive. */
    static RawClient connect(URI broker, String clientId, int keepAliveSeconds) throws IOException {
        Socket socket = new Socket(broker.getHost(), broker.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        RawClient client = new RawClient(socket);
        client.send(packet(
                0x10,
                join(
                        string("MQTT"),
                        new byte[] {5, 2, (byte) (keepAliveSeconds >> 8), (byte) keepAliveSeconds, 0},
                        string(clientId))));
        return client;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads the next packet, which must have this header, acknowledges a PUBLISH, and returns the bytes of all of it. */
    int expect(int header) throws IOException {
        byte[] body = read(header);
        return 1 + variable(body.length).length + body.length;
    }

    /** The same, returning what follows the fixed header. */
    byte[] read(int header) throws IOException {
        int got = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while (digit >= 0x80);
        byte[] body = in.readNBytes(length);
        if (got != header) {
            throw new IOException("expected packet 0x%02x, got 0x%02x".formatted(header, got));
        }
        if (got == PUBLISH_QOS_1) {
            int topicBytes = ((body[0] & 0xff) << 8) | (body[1] & 0xff);
            send(packet(PUBACK, new byte[] {body[2 + topicBytes], body[3 + topicBytes]}));
        }
        return body;
    }

    /** A PUBLISH at QoS 1. */
    static byte[] publish(String topic, int packetId, byte[] properties, byte[] payload) {
        byte[] id = {(byte) (packetId >> 8), (byte) packetId};
        return packet(PUBLISH_QOS_1, join(string(topic), id, variable(properties.length), properties, payload));
    }

    /** A SUBSCRIBE to one filter at QoS 1. */
    static byte[] subscribe(String filter) {
        return packet(0x82, join(new byte[] {0, 1, 0}, string(filter), new byte[] {1}));
    }

    static byte[] string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {(byte) (utf8.length >> 8), (byte) utf8.length}, utf8);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] packet(int header, byte[] body) {
        return join(new byte[] {(byte) header}, variable(body.length), body);
    }

    private static byte[] variable(int value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int rest = value;
        do {
            bytes.write(rest < 128 ? rest : (rest & 0x7f) | 0x80);
            rest >>= 7;
        } while (rest > 0);
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
