package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.model.Bytes;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOutcome;
import dev.tributary.transport.RecordingListener;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportContract;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import dev.tributary.transport.mqtt.SessionPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Paho transport keeps the contract on the real broker, with its configuration and permissions. */
final class PahoTransportContractIT extends TransportContract {
    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Gate> gates = new HashMap<>();

    private Gate gate(String clientId) {
        return gates.computeIfAbsent(clientId, id -> new Gate(BROKER.uri()));
    }

    @Override
    protected Transport connect(String clientId, Optional<Publication> will) {
        MqttSettings settings = MqttSettings.of(gate(clientId).uri(), clientId);
        return new PahoTransport(will.map(settings::withWill).orElse(settings));
    }

    @Override
    protected void cut(String clientId) {
        gate(clientId).cut();
    }

    @Override
    protected void mend(String clientId) {
        gate(clientId).mend();
    }

    @Override
    protected void dropSession(String clientId) {
        MqttSettings nothingKept =
                MqttSettings.of(BROKER.uri(), clientId).withSession(new SessionPolicy.OverShortLosses(Duration.ZERO));
        RecordingListener listener = RecordingListener.acknowledging();
        try (Transport client = new PahoTransport(nothingKept)) {
            client.start(listener);
            await().atMost(PATIENCE).until(client::isConnected);
        }
    }

    @AfterEach
    void closeGates() {
        gates.values().forEach(Gate::close);
    }

    @Test
    void publish_notPermitted_isRefusedAndTheRestIsSent() {
        RecordingListener listener = RecordingListener.acknowledging();
        try (Transport device = connect("device-forbidden", Optional.empty())) {
            device.start(listener);
            device.publish(Publication.of("tributary/v1/f/model", Bytes.of((byte) 1)));
            device.publish(Publication.of("tributary/v1/f/update/0/device-forbidden", Bytes.of((byte) 2)));
            await().atMost(PATIENCE).until(() -> listener.answers().size() == 2);
            assertThat(listener.answers())
                    .extracting(RecordingListener.Answer::outcome)
                    .containsExactlyInAnyOrder(PublishOutcome.REFUSED, PublishOutcome.NO_SUBSCRIBERS);
        }
    }

    @Test
    void publish_aboveTheBrokersPacketLimit_isRefusedHere() {
        RecordingListener listener = RecordingListener.acknowledging();
        try (Transport device = connect("device-large", Optional.empty())) {
            device.start(listener);
            device.publish(
                    Publication.of("tributary/v1/f/update/0/device-large", Bytes.of(new byte[18 * 1024 * 1024])));
            await().atMost(PATIENCE).until(() -> listener.answers().size() == 1);
            assertThat(listener.answers().get(0).outcome()).isEqualTo(PublishOutcome.REFUSED);
            assertThat(listener.sent()).isEmpty();
            assertThat(listener.disconnections()).isEmpty();
        }
    }

    @Test
    void connect_sameIdTwice_saysSo() {
        RecordingListener first = RecordingListener.acknowledging();
        RecordingListener second = RecordingListener.acknowledging();
        try (Transport one = connect("device-twin", Optional.empty());
                Transport other = connect("device-twin", Optional.empty())) {
            one.start(first);
            await().atMost(PATIENCE).until(one::isConnected);
            other.start(second);
            await().atMost(PATIENCE).until(() -> !first.disconnections().isEmpty());
            assertThat(first.disconnections().get(0)).contains("142").contains("another client uses the same id");
        }
    }
}
