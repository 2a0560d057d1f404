package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/**
 * What tests of every transport stand on. Clients and topics are those of the protocol, so that it runs on a broker that
 * knows who may do what: a device, and a coordinator.
 */
abstract class TransportSetting {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final String unique = UUID.randomUUID().toString().substring(0, 8);
    final FederationId federation = new FederationId("f-" + unique);
    final DeviceId device = new DeviceId("device-" + unique);
    final String deviceId = device.value();
    final String coordinatorId = "coordinator-" + unique;
    final String updates = Topics.updateFilter(federation);
    final String update = Topics.update(federation, 1, device);
    final String receipt = Topics.receipt(federation, device);
    final String model = Topics.model(federation);
    final String presence = Topics.presence(device);
    final List<Transport> clients = new ArrayList<>();

    /** A client that is not started. */
    protected abstract Transport connect(String clientId, Optional<Publication> will);

    /** Ends the client's connection abnormally; it cannot connect again until {@link #mend}. */
    protected abstract void cut(String clientId);

    /** Lets the client connect again. */
    protected abstract void mend(String clientId);

    /** Makes the broker forget the session of a client that is cut. */
    protected abstract void dropSession(String clientId);

    @AfterEach
    void closeClients() {
        clients.forEach(Transport::close);
    }

    Transport start(String clientId, RecordingListener listener) {
        return start(clientId, listener, Optional.empty());
    }

    Transport start(String clientId, RecordingListener listener, Optional<Publication> will) {
        Transport client = connect(clientId, will);
        clients.add(client);
        client.start(listener);
        soon().until(() -> !listener.connections().isEmpty());
        return client;
    }

    static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    static Publication message(String topic, String text) {
        return Publication.of(topic, Payloads.of(text));
    }

    static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    static void awaitTexts(RecordingListener listener, List<String> expected) {
        soon().untilAsserted(() -> assertThat(listener.texts()).isEqualTo(expected));
    }

    static void awaitAnswers(RecordingListener listener, int count) {
        soon().untilAsserted(() -> assertThat(listener.answers()).hasSize(count));
    }

    static void awaitConnections(RecordingListener listener, int count) {
        soon().untilAsserted(() -> assertThat(listener.connections()).hasSize(count));
    }

    /** Starts a client that subscribes, and returns another that publishes, once a message gets through. */
    Transport startSubscribed(String clientId, String filter, String topic, RecordingListener listener) {
        Transport client = start(clientId, listener);
        client.subscribe(filter);
        RecordingListener sender = RecordingListener.acknowledging();
        Transport other = start(clientId.equals(deviceId) ? coordinatorId : deviceId, sender);
        // Published until somebody has it: only then the subscription is there.
        soon().until(() -> {
            int before = sender.answers().size();
            other.publish(message(topic, "ready"));
            soon().until(() -> sender.answers().size() > before);
            return sender.answers().get(before).outcome() == PublishOutcome.DELIVERED;
        });
        awaitTexts(listener, List.of("ready"));
        listener.deliveries().forEach(Delivery::acknowledge);
        return other;
    }
}
