package dev.tributary.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.model.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MqttProxyTest {
    private static final String PUMP = "pump-7";
    private static final Disturbance ALL_TWICE = new Disturbance.Duplicates(1);
    private static final Disturbance ALL_OVERTAKEN = new Disturbance.Reordering(1);

    private final List<Capture.Passage> passages = new CopyOnWriteArrayList<>();
    private ServerSocket broker;
    private MqttProxy proxy;
    private Peer client;
    private Peer server;

    @BeforeEach
    void open() throws IOException {
        broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        broker.setSoTimeout(10_000);
        proxy = MqttProxy.open(
                0,
                new InetSocketAddress(broker.getInetAddress(), broker.getLocalPort()),
                passages::add,
                new SplittableRandom(1));
        client = connect();
        server = new Peer(broker.accept());
        assertThat(server.next().clientId()).isEqualTo(PUMP);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
        broker.close();
    }

    private Peer connect() throws IOException {
        Peer peer = new Peer(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
        peer.send(MqttBytes.connect(PUMP));
        return peer;
    }

    @Test
    void calm_packetsPassBothWays_andPublicationsAreCaptured() {
        client.send(MqttBytes.publish("up", 1, "a"));
        assertThat(server.next().bytes()).isEqualTo(MqttBytes.publish("up", 1, "a"));
        server.send(MqttBytes.puback(1));
        assertThat(client.next().bytes()).isEqualTo(MqttBytes.puback(1));
        server.send(MqttBytes.publish("down", 9, "b"));
        assertThat(client.next().packetId()).isEqualTo(9);

        assertThat(passages).extracting(Capture.Passage::topic).containsExactly("up", "down");
        assertThat(passages).extracting(Capture.Passage::toBroker).containsExactly(true, false);
        assertThat(passages).extracting(Capture.Passage::client).containsOnly(PUMP);
        assertThat(passages.get(0).payload()).isEqualTo(Bytes.of((byte) 'a'));
    }

    @Test
    void clientOrBrokerEnds_theOtherSideIsClosed() throws IOException {
        client.close();
        server.awaitEnd();
        client = connect();
        server = new Peer(broker.accept());
        server.next();
        server.close();
        client.awaitEnd();
    }

    @Test
    void duplicates_theReceiverGetsItTwice_theSenderSeesOneAcknowledgement() {
        proxy.begin(PUMP, ALL_TWICE);
        server.send(MqttBytes.publish("round", 5, "x"));
        server.send(MqttBytes.publish("round", 6, "y"));

        assertThat(client.next().bytes()).isEqualTo(MqttBytes.publish("round", 5, "x"));
        client.send(MqttBytes.puback(5));
        Packet again = client.next();
        assertThat(again.packetId()).isEqualTo(5);
        assertThat(again.bytes()[0]).as("PUBLISH, DUP, QoS 1").isEqualTo((byte) 0x3a);
        assertThat(server.isQuiet()).as("the first PUBACK is kept back").isTrue();
        client.send(MqttBytes.puback(5));
        assertThat(server.next().packetId()).isEqualTo(5);
        // Nothing overtakes a repetition.
        assertThat(client.next().packetId()).isEqualTo(6);
        assertThat(passages).extracting(Capture.Passage::repeated).containsExactly(false, true, false);
    }

    @Test
    void duplicates_noAcknowledgement_theRestGoesOnAndTheLateOnePasses() {
        proxy.begin(PUMP, ALL_TWICE);
        server.send(MqttBytes.publish("round", 5, "x"));
        assertThat(client.next().packetId()).isEqualTo(5);
        proxy.end(PUMP, ALL_TWICE);
        server.send(MqttBytes.publish("round", 6, "y"));
        assertThat(client.next().packetId()).isEqualTo(6);
        client.send(MqttBytes.puback(5));
        assertThat(server.next().packetId()).isEqualTo(5);
    }

    @Test
    void reordering_anotherTopicOvertakes_theSameTopicDoesNot() {
        proxy.begin(PUMP, ALL_OVERTAKEN);
        client.send(MqttBytes.publish("a", 1, ""));
        client.send(MqttBytes.publish("b", 2, ""));
        assertThat(List.of(server.next().packetId(), server.next().packetId())).containsExactly(2, 1);
        client.send(MqttBytes.publish("a", 3, ""));
        client.send(MqttBytes.publish("a", 4, ""));
        assertThat(List.of(server.next().packetId(), server.next().packetId())).containsExactly(3, 4);
        client.send(MqttBytes.publish("a", 5, ""));
        assertThat(server.next().packetId())
                .as("alone, it is not held for ever")
                .isEqualTo(5);
    }

    @Test
    void delay_packetsComeLaterInOrder() {
        proxy.begin(PUMP, new Disturbance.Delay(Duration.ofMillis(300)));
        long start = System.nanoTime();
        client.send(MqttBytes.publish("a", 1, ""));
        client.send(MqttBytes.publish("a", 2, ""));
        assertThat(List.of(server.next().packetId(), server.next().packetId())).containsExactly(1, 2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void stall_nothingPassesUntilItEnds_thenEverything() {
        Disturbance stall = new Disturbance.Stall();
        proxy.begin(PUMP, stall);
        client.send(MqttBytes.publish("a", 1, ""));
        assertThat(server.isQuiet()).isTrue();
        proxy.end(PUMP, stall);
        assertThat(server.next().packetId()).isEqualTo(1);
    }

    @Test
    void silence_neitherSideLearnsAnything_andTheConnectionStaysDead() throws IOException {
        Disturbance silence = new Disturbance.Silence();
        proxy.begin(PUMP, silence);
        client.send(MqttBytes.publish("a", 1, ""));
        assertThat(server.isQuiet()).isTrue();
        try (Peer second = connect()) {
            assertThat(second.isQuiet()).isTrue();
        }
        proxy.end(PUMP, silence);
        client.send(MqttBytes.publish("a", 2, ""));
        assertThat(server.isQuiet()).isTrue();
        try (Peer third = connect();
                Peer answering = new Peer(broker.accept())) {
            assertThat(answering.next().clientId()).isEqualTo(PUMP);
            third.send(MqttBytes.publish("a", 3, ""));
            assertThat(answering.next().packetId()).isEqualTo(3);
        }
        assertThat(passages).hasSize(1);
    }

    @Test
    void reset_bothSidesAreReset_andSoIsEachNewConnection() throws IOException {
        Disturbance reset = new Disturbance.Reset();
        proxy.begin(PUMP, reset);
        assertThat(client.isReset()).isTrue();
        assertThat(server.isReset()).isTrue();
        try (Peer second = connect()) {
            second.awaitEnd();
        }
        proxy.calm();
        try (Peer third = connect();
                Peer answering = new Peer(broker.accept())) {
            third.send(MqttBytes.publish("a", 1, ""));
            answering.next();
            assertThat(answering.next().packetId()).isEqualTo(1);
        }
    }

    @Test
    void otherClients_areNotDisturbed() {
        proxy.begin("somebody-else", new Disturbance.Silence());
        client.send(MqttBytes.publish("a", 1, ""));
        assertThat(server.next().packetId()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(passages).hasSize(1));
    }
}
