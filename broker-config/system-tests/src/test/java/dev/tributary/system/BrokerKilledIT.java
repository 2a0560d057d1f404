package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOutcome;
import dev.tributary.transport.RecordingListener;
import dev.tributary.transport.Transport;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A broker with file persistence dies as {@code kill -9} ends it, and comes back. */
final class BrokerKilledIT {
    private static final int WAITING = 500;
    private static final String UPDATE = "tributary/v1/f/update/0/dev-survivor";

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.onDisk();

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    private static Publication numbered(int number) {
        return Publication.of(UPDATE, Bytes.of((byte) (number >> 8), (byte) number));
    }

    private static long distinct(RecordingListener listener) {
        return listener.deliveries().stream()
                .map(Delivery::payload)
                .collect(Collectors.toSet())
                .size();
    }

    @Test
    void kill_retainedQueuedAndUnsentMessages_areAllThereAfterwards() {
        RecordingListener coordinator = RecordingListener.acknowledging();
        RecordingListener sender = RecordingListener.acknowledging();
        try (Gate gate = new Gate(BROKER.uri());
                Transport away = new PahoTransport(MqttSettings.of(gate.uri(), "coordinator-survivor"));
                Transport device = new PahoTransport(MqttSettings.of(BROKER.uri(), "dev-survivor"))) {
            away.subscribe("tributary/v1/f/update/+/+");
            away.publish(
                    Publication.of("tributary/v1/f/model", Bytes.of((byte) 7)).retain());
            away.start(coordinator);
            soon().until(() -> coordinator.answers().size() == 1);
            device.start(sender);
            soon().until(() -> {
                device.publish(numbered(0));
                return !coordinator.deliveries().isEmpty();
            });
            soon().until(() ->
                    coordinator.deliveries().size() == sender.answers().size());
            gate.cut();
            soon().until(() -> !away.isConnected());
            int before = sender.answers().size();
            IntStream.range(1, WAITING).forEach(i -> device.publish(numbered(i)));
            soon().until(() -> sender.answers().size() == before + WAITING - 1);
            assertThat(sender.answers().subList(before, before + WAITING - 1))
                    .allMatch(answer -> answer.outcome() == PublishOutcome.DELIVERED);

            BROKER.kill();
            soon().until(() -> !device.isConnected());
            IntStream.range(WAITING, 2 * WAITING).forEach(i -> device.publish(numbered(i)));
            BROKER.start();
            gate.mend();

            soon().until(() -> distinct(coordinator) == 2 * WAITING);
            assertThat(coordinator.connections()).contains(true);
        }
        RecordingListener late = RecordingListener.acknowledging();
        try (Transport newcomer = new PahoTransport(MqttSettings.of(BROKER.uri(), "dev-late"))) {
            newcomer.subscribe("tributary/v1/f/model");
            newcomer.start(late);
            soon().until(() -> late.deliveries().size() == 1);
            assertThat(late.deliveries().get(0).payload()).isEqualTo(Bytes.of((byte) 7));
        }
    }

    /** The broker publishes wills after its restart, and must not do so after a device has said that it is back. */
    @Test
    void kill_devicesThatReturn_endOnline() {
        List<RealDevice> devices = new ArrayList<>();
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "return")) {
            for (int i = 0; i < 20; i++) {
                devices.add(RealDevice.always(BROKER.uri(), "dev-return-" + i, coordinator.federation()));
            }
            for (int restarts = 0; restarts <= 2; restarts++) {
                if (restarts > 0) {
                    BROKER.kill();
                    BROKER.start();
                }
                int connections = restarts + 1;
                soon().until(() -> devices.stream().allMatch(device -> device.connections() >= connections));
                await().atMost(Duration.ofMinutes(1))
                        .during(Duration.ofSeconds(3))
                        .untilAsserted(() -> assertThat(
                                        IntStream.range(0, 20).mapToObj(i -> coordinator.presence("dev-return-" + i)))
                                .allMatch(said -> !said.isEmpty() && said.get(said.size() - 1) == Status.ONLINE));
            }
        } finally {
            devices.parallelStream().forEach(RealDevice::close);
        }
    }
}
