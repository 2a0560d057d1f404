package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.model.Bytes;
import dev.tributary.system.Gate;
import dev.tributary.system.RealBroker;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.Publication;
import dev.tributary.transport.RecordingListener;
import dev.tributary.transport.Transport;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection that stands proves nothing; an echo does. */
final class LivenessIT {
    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void probes_brokerAnswers_echoWithoutTheListenersMessages() {
        RecordingListener listener = RecordingListener.acknowledging();
        try (Transport device = new PahoTransport(
                MqttSettings.of(BROKER.uri(), "device-probe"),
                new Liveness(Duration.ofMillis(200), Duration.ofMillis(1500)),
                new Backoff(new SplittableRandom()))) {
            device.start(listener);
            await().atMost(PATIENCE).until(() -> listener.echoes() >= 5);
            assertThat(listener.deliveries()).isEmpty();
            assertThat(listener.disconnections()).isEmpty();
        }
    }

    @Test
    void probes_nothingComesBack_makesANewConnection_andDoesNotTrustTheSession() {
        RecordingListener listener = RecordingListener.acknowledging();
        try (Gate gate = new Gate(BROKER.uri());
                Transport device = new PahoTransport(
                        MqttSettings.of(gate.uri(), "device-mute"),
                        new Liveness(Duration.ofMillis(200), Duration.ofMillis(1500)),
                        new Backoff(new SplittableRandom()))) {
            device.start(listener);
            await().atMost(PATIENCE).until(() -> listener.echoes() >= 2);
            gate.mute();
            await().atMost(PATIENCE).until(() -> listener.connections().size() == 2);
            assertThat(listener.disconnections().get(0)).contains("not even our own probe");
            assertThat(listener.connections()).as("sessions taken up").containsExactly(false, false);
            long before = listener.echoes();
            await().atMost(PATIENCE).until(() -> listener.echoes() > before);
        }
    }

    @Test
    void probes_listenerHoldsAllAcknowledgements_keepTheConnection() {
        RecordingListener listener = RecordingListener.keeping();
        String topic = "tributary/v1/f/update/0/device-busy";
        try (Transport coordinator = new PahoTransport(
                        MqttSettings.of(BROKER.uri(), "coordinator-busy"),
                        new Liveness(Duration.ofMillis(200), Duration.ofMillis(1500)),
                        new Backoff(new SplittableRandom()));
                Transport device = new PahoTransport(MqttSettings.of(BROKER.uri(), "device-busy"))) {
            coordinator.start(listener);
            coordinator.subscribe("tributary/v1/f/update/#");
            await().atMost(PATIENCE).until(() -> listener.echoes() >= 1);
            device.start(RecordingListener.acknowledging());
            for (int i = 0; i < 200; i++) {
                device.publish(Publication.of(topic, Bytes.of((byte) i)));
            }
            await().atMost(PATIENCE).until(() -> !listener.deliveries().isEmpty());
            await().atMost(PATIENCE)
                    .during(Duration.ofSeconds(4))
                    .until(() -> listener.disconnections().isEmpty());
            long before = listener.echoes();
            await().atMost(PATIENCE).until(() -> {
                listener.deliveries().forEach(Delivery::acknowledge);
                return listener.echoes() > before && listener.deliveries().size() == 200;
            });
            assertThat(listener.disconnections()).isEmpty();
        }
    }
}
