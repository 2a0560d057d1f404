package dev.tributary.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketReaderTest {
    /** CONNECT, MQTT 5, keep-alive 30, one property (session expiry 60), client id "dev-1". */
    private static final String CONNECT = "1017 00044d515454 05 00 001e 05 110000003c 0005 6465762d31";
    /** PUBLISH, QoS 1, topic "a/b", packet identifier 258, expiry 10, payload 01 02 03. */
    private static final String PUBLISH = "3210 0003612f62 0102 05 020000000a 010203";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static PacketReader reader(String hex) {
        return new PacketReader(new ByteArrayInputStream(bytes(hex)));
    }

    @Test
    void next_connect_knowsTheClient() throws IOException {
        Packet packet = reader(CONNECT).next().orElseThrow();
        assertThat(packet.type()).isEqualTo(Packet.CONNECT);
        assertThat(packet.clientId()).isEqualTo("dev-1");
        assertThat(packet.bytes()).isEqualTo(bytes(CONNECT));
    }

    @Test
    void next_publish_knowsTopicIdentifierAndPayload() throws IOException {
        PacketReader reader = reader(PUBLISH + "30050001780009");
        Packet first = reader.next().orElseThrow();
        assertThat(first.isQos1Publish()).isTrue();
        assertThat(first.topic()).isEqualTo("a/b");
        assertThat(first.packetId()).isEqualTo(258);
        assertThat(first.payload()).containsExactly(1, 2, 3);
        assertThat(first.again().bytes()).isEqualTo(bytes(PUBLISH.replaceFirst("32", "3a")));
        Packet second = reader.next().orElseThrow();
        assertThat(second.isQos1Publish()).isFalse();
        assertThat(second.topic()).isEqualTo("x");
        assertThat(second.payload()).containsExactly(9);
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void next_puback_isPositiveUnlessItsReasonIsAnError() throws IOException {
        assertThat(reader("40020007").next().orElseThrow().isPositivePuback()).isTrue();
        assertThat(reader("4003000710").next().orElseThrow().isPositivePuback()).isTrue();
        Packet refused = reader("4003000787").next().orElseThrow();
        assertThat(refused.isPositivePuback()).isFalse();
        assertThat(refused.packetId()).isEqualTo(7);
    }

    @Test
    void next_longPacket_readsLengthOfTwoBytes() throws IOException {
        Packet packet = reader("30c801" + "0001780000".substring(0, 8) + "00".repeat(196))
                .next()
                .orElseThrow();
        assertThat(packet.bytes()).hasSize(203);
        assertThat(packet.payload()).hasSize(196);
    }

    @Test
    void next_noMqtt_isRefused() {
        assertThatThrownBy(() -> reader("30ffffffff01").next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("remaining length must be at most");
        assertThatThrownBy(() -> reader("3010 0003612f").next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended within a packet");
    }
}
