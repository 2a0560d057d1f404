package dev.tributary.chaos.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One MQTT 5 control packet with all its bytes; fields are read from them where they are asked for. */
final class Packet {
    static final int CONNECT = 1;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;

    private static final int DUP = 0x08;
    private static final int FIRST_ERROR = 0x80;

    private final byte[] bytes;
    private final int bodyAt;

    /** A packet whose body, after the fixed header, begins at {@code bodyAt}. */
    Packet(byte[] bytes, int bodyAt) {
        this.bytes = bytes;
        this.bodyAt = bodyAt;
    }

    int type() {
        return (bytes[0] & 0xf0) >> 4;
    }

    /** All bytes, to be sent and not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    boolean isQos1Publish() {
        return type() == PUBLISH && (bytes[0] & 0x06) == 0x02;
    }

    /** A PUBACK that says that the receiver took the message. */
    boolean isPositivePuback() {
        return type() == PUBACK && (bytes.length < bodyAt + 3 || (bytes[bodyAt + 2] & 0xff) < FIRST_ERROR);
    }

    /** The packet identifier of a QoS 1 PUBLISH or a PUBACK. */
    int packetId() {
        return unsignedShort(type() == PUBLISH ? bodyAt + 2 + unsignedShort(bodyAt) : bodyAt);
    }

    /** The topic of a PUBLISH. */
    String topic() {
        return text(bodyAt);
    }

    /** The payload of a PUBLISH. */
    byte[] payload() {
        int at = bodyAt + 2 + unsignedShort(bodyAt) + ((bytes[0] & 0x06) == 0 ? 0 : 2);
        return Arrays.copyOfRange(bytes, afterProperties(at), bytes.length);
    }

    /** The client identifier of a CONNECT: after protocol name, version, flags, keep-alive and properties. */
    String clientId() {
        int keepAliveAt = bodyAt + 2 + unsignedShort(bodyAt) + 2;
        return text(afterProperties(keepAliveAt + 2));
    }

    /** The same PUBLISH, sent again. */
    Packet again() {
        byte[] copy = bytes.clone();
        copy[0] |= DUP;
        return new Packet(copy, bodyAt);
    }

    private int afterProperties(int lengthAt) {
        int length = 0;
        int at = lengthAt;
        for (int shift = 0; shift <= 21; shift += 7) {
            int next = bytes[at++];
            length |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        return at + length;
    }

    private String text(int at) {
        return new String(bytes, at + 2, unsignedShort(at), StandardCharsets.UTF_8);
    }

    private int unsignedShort(int at) {
        return ByteBuffer.wrap(bytes).getShort(at) & 0xffff;
    }
}
