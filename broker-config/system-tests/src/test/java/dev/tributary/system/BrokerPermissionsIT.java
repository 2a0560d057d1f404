package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the broker lets each role do, seen from a client. */
final class BrokerPermissionsIT {
    private static final String ROOT = "tributary/v1/";
    private static final int NOBODY_THERE = 0x10;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final byte[] SOMETHING = "x".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    @Test
    void roundTrip_ownSides_isAllowed() throws MqttException {
        try (PahoClient coordinator = connect("coordinator-main-0");
                PahoClient device = PahoClient.connect(BROKER.uri(), "d1", ROOT + "presence/d1")) {
            assertThat(coordinator.subscribe(ROOT + "f/update/+/+")).isEqualTo(1);
            assertThat(coordinator.subscribe(ROOT + "presence/+")).isEqualTo(1);
            for (String filter : new String[] {"f/spec", "f/model", "f/round", "f/receipt/d1", "probe/d1"}) {
                assertThat(device.subscribe(ROOT + filter)).as(filter).isEqualTo(1);
            }

            assertThat(coordinator.publish(ROOT + "f/spec", SOMETHING, true)).isZero();
            assertThat(coordinator.publish(ROOT + "f/receipt/d1", "accepted")).isZero();
            assertThat(device.publish(ROOT + "f/update/0/d1", "delta")).isZero();
            assertThat(device.publish(ROOT + "presence/d1", SOMETHING, true)).isZero();
            assertThat(device.publish(ROOT + "probe/d1", "ping")).isZero();
            assertThat(device.publish(ROOT + "f/prediction/d1", "walking")).isEqualTo(NOBODY_THERE);

            await().untilAsserted(() -> assertThat(coordinator.received())
                    .containsExactlyInAnyOrder(ROOT + "f/update/0/d1=delta", ROOT + "presence/d1=x"));
            await().untilAsserted(() -> assertThat(device.received())
                    .containsExactlyInAnyOrder(
                            ROOT + "f/spec=x", ROOT + "f/receipt/d1=accepted", ROOT + "probe/d1=ping"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "d1, f/spec, false",
        "d1, f/model, true",
        "d1, f/round, true",
        "d1, f/receipt/d2, false",
        "d1, f/update/0/d2, false",
        "d1, f/update/0/d1, true",
        "d1, f/prediction/d2, false",
        "d1, presence/d2, true",
        "d1, probe/d2, false",
        "coordinator-main-0, f/update/0/d1, false",
        "coordinator-main-0, presence/d1, true",
        "coordinator-main-0, f/receipt/d1, true",
        "monitor-me, f/spec, false",
        "monitor-me, presence/monitor-me, true",
    })
    void publish_othersTopic_isRefused(String clientId, String topic, boolean retained) throws MqttException {
        try (PahoClient client = connect(clientId)) {
            assertThat(client.publish(ROOT + topic, SOMETHING, retained)).isEqualTo(NOT_AUTHORIZED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "d1, tributary/v1/#",
        "d1, #",
        "d1, tributary/v1/f/receipt/d2",
        "d1, tributary/v1/f/receipt/+",
        "d1, tributary/v1/f/update/+/+",
        "d1, tributary/v1/presence/d2",
        "d1, $SYS/#",
        "d1, $share/g/tributary/v1/f/model",
        "coordinator-main-0, $share/g/tributary/v1/f/update/+/+",
        "coordinator-main-0, #",
        "coordinator-main-0, tributary/v1/f/receipt/d1",
        "monitor-me, #",
    })
    void subscribe_othersTopic_isRefused(String clientId, String filter) throws MqttException {
        try (PahoClient client = connect(clientId)) {
            assertThat(client.subscribe(filter)).isGreaterThanOrEqualTo(0x80);
        }
    }

    @Test
    void subscribe_monitorOnLoopback_readsAll() throws MqttException {
        try (PahoClient monitor = connect("monitor-me")) {
            assertThat(monitor.subscribe(ROOT + "#")).isEqualTo(1);
        }
    }

    @Test
    void connect_withoutKeepAlive_isGivenTheLongestAllowed() throws IOException {
        try (RawClient client = RawClient.connect(BROKER.uri(), "d-endless", 0)) {
            byte[] connack = client.read(RawClient.CONNACK);
            // Server Keep Alive, 0x13: 600 s.
            assertThat(HexFormat.of().formatHex(connack)).contains("130258");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a+", "#", "coordinator-", "ä", ".."})
    void connect_brokenId_isRefused(String clientId) {
        assertThatThrownBy(() -> connect(clientId)).isInstanceOf(MqttException.class);
    }

    @Test
    void connect_willOnOthersPresence_isRefused() {
        assertThatThrownBy(() -> PahoClient.connect(BROKER.uri(), "d1", ROOT + "presence/d2"))
                .isInstanceOf(MqttException.class);
    }

    @Test
    void publish_tooLargeForADevice_isRefusedAndCounted() throws MqttException {
        try (PahoClient device = connect("d1");
                PahoClient coordinator = connect("coordinator-main-0")) {
            byte[] large = new byte[(1 << 20) + 1];

            assertThat(device.publish(ROOT + "f/update/0/d1", large, false)).isEqualTo(QUOTA_EXCEEDED);
            assertThat(coordinator.publish(ROOT + "f/receipt/d1", large, false)).isEqualTo(NOBODY_THERE);
            assertThat(BROKER.metric("tributary_broker_refused_total{reason=\"publish_size\"}"))
                    .isEqualTo(1);
        }
    }

    private static PahoClient connect(String clientId) throws MqttException {
        return PahoClient.connect(BROKER.uri(), clientId, null);
    }
}
