package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.model.Bytes;
import dev.tributary.system.Gate;
import dev.tributary.system.RealBroker;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOutcome;
import dev.tributary.transport.RecordingListener;
import dev.tributary.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What HiveMQ CE and Paho do that a reader of the specification would not expect; {@code docs/conformance.md} lists all. */
final class MqttTrapsIT {
    private static final String ROOT = "tributary/v1/f/";

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(10));
    }

    private static Transport client(String id) {
        return new PahoTransport(MqttSettings.of(BROKER.uri(), id));
    }

    private static Publication update(String device, int size) {
        return Publication.of(ROOT + "update/0/" + device, Bytes.of(new byte[size]));
    }

    @Test
    void connack_offersNoTopicAlias_aWindowAboveTheDefault_andItsPacketLimit() throws MqttException {
        AtomicReference<BrokerLimits> limits = new AtomicReference<>();
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        PahoConnection connection = new PahoConnection(
                MqttSettings.of(BROKER.uri(), "dev-limits"),
                timers,
                new LinkCounter(false, System::nanoTime),
                new LimitsOnly(limits));
        try {
            connection.open(true);
            soon().until(() -> limits.get() != null);
            assertThat(limits.get()).isEqualTo(new BrokerLimits(64, 17 << 20, false));
        } finally {
            connection.end(true);
            timers.shutdownNow();
        }
    }

    private record LimitsOnly(AtomicReference<BrokerLimits> limits) implements ConnectionEvents {
        @Override
        public void opened(boolean sessionPresent, BrokerLimits told) {
            limits.set(told);
        }

        @Override
        public void ended(Ending ending) {}

        @Override
        public void arrived(String topic, MqttMessage message) {}

        @Override
        public void subscribed(List<String> filters, int[] reasonCodes) {}

        @Override
        public void unsubscribed(List<String> filters) {}

        @Override
        public void published(Outbox.Entry entry, int reasonCode) {}
    }

    @Test
    void queue_ofAClientThatIsAway_holdsMoreThanTheDefaultThousand() {
        int count = 3_000;
        RecordingListener listener = RecordingListener.acknowledging();
        try (Gate gate = new Gate(BROKER.uri());
                Transport coordinator = new PahoTransport(MqttSettings.of(gate.uri(), "coordinator-away"));
                Transport device = client("dev-queue")) {
            coordinator.subscribe(ROOT + "update/+/+");
            coordinator.start(listener);
            RecordingListener sender = RecordingListener.acknowledging();
            device.start(sender);
            soon().until(() -> {
                device.publish(update("dev-queue", 1));
                return !listener.deliveries().isEmpty();
            });
            gate.cut();
            soon().until(() -> !coordinator.isConnected());
            for (int i = 0; i < count; i++) {
                device.publish(Publication.of(ROOT + "update/0/dev-queue", Bytes.of((byte) (i >> 8), (byte) i)));
            }
            soon().until(() -> sender.answers().size() > count);
            gate.mend();
            soon().until(() -> listener.deliveries().stream()
                            .filter(delivery -> delivery.payload().size() == 2)
                            .map(delivery -> delivery.payload())
                            .distinct()
                            .count()
                    == count);
        }
    }

    @Test
    void publish_brokerEndsTheConnectionInPlaceOfAnAnswer_isGivenUpAfterThreeTimes_andTheRestIsSent() {
        Publication tooLong = Publication.of("tributary/v1/cursed/update/0/" + "x".repeat(600), Bytes.of((byte) 1));
        Publication harmless = Publication.of("tributary/v1/cursed/update/0/dev-cursed", Bytes.of((byte) 1));
        RecordingListener listener = RecordingListener.acknowledging();
        try (LogLines log = new LogLines(Sender.class);
                Transport device = client("dev-cursed")) {
            device.publish(harmless);
            device.publish(tooLong);
            IntStream.range(0, 50).forEach(i -> device.publish(harmless));
            device.start(listener);
            soon().until(() -> listener.answers().size() == 52);
            assertThat(listener.answers())
                    .filteredOn(answer -> answer.publication().equals(tooLong))
                    .extracting(RecordingListener.Answer::outcome)
                    .containsExactly(PublishOutcome.REFUSED);
            assertThat(listener.answers())
                    .filteredOn(answer -> !answer.publication().equals(tooLong))
                    .allMatch(answer -> answer.outcome() == PublishOutcome.NO_SUBSCRIBERS);
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0)).contains("dev-cursed", "3 times", "which is given up");
        }
    }

    @Test
    void subscribe_refusedThoughTheTokenSucceeds_isSaid_andTheOthersStand() {
        RecordingListener listener = RecordingListener.acknowledging();
        try (LogLines log = new LogLines(PahoTransport.class);
                Transport device = client("dev-curious");
                Transport coordinator = client("coordinator-curious")) {
            device.subscribe(ROOT + "receipt/somebody-else");
            device.subscribe(ROOT + "receipt/dev-curious");
            device.start(listener);
            soon().until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("does not let dev-curious subscribe to", "somebody-else", "135");
            coordinator.start(RecordingListener.acknowledging());
            soon().until(() -> {
                coordinator.publish(Publication.of(ROOT + "receipt/dev-curious", Bytes.of((byte) 1)));
                return !listener.deliveries().isEmpty();
            });
        }
    }

    @Test
    void message_muchLargerThanWhatTheClientSends_arrives() {
        RecordingListener listener = RecordingListener.acknowledging();
        try (Transport coordinator = client("coordinator-large");
                Transport device = client("dev-reader")) {
            coordinator.publish(Publication.of("tributary/v1/large/model", Bytes.of(new byte[6 << 20]))
                    .retain());
            coordinator.start(RecordingListener.acknowledging());
            device.subscribe("tributary/v1/large/model");
            device.start(listener);
            soon().until(() -> !listener.deliveries().isEmpty());
            assertThat(listener.deliveries().get(0).payload().size()).isEqualTo(6 << 20);
        }
    }

    @Test
    void listener_blocksLongerThanTheKeepAlive_losesNoMessage() {
        Set<Bytes> got = ConcurrentHashMap.newKeySet();
        AtomicBoolean blocked = new AtomicBoolean();
        RecordingListener slow = RecordingListener.doing(delivery -> {
            if (!blocked.getAndSet(true)) {
                long begin = System.nanoTime();
                soon().until(() ->
                        System.nanoTime() - begin > Duration.ofSeconds(4).toNanos());
            }
            got.add(delivery.payload());
            delivery.acknowledge();
        });
        try (Transport coordinator = new PahoTransport(
                        MqttSettings.of(BROKER.uri(), "coordinator-slow").withKeepAlive(Duration.ofSeconds(1)));
                Transport device = client("dev-fast")) {
            coordinator.subscribe("tributary/v1/slow/update/+/+");
            coordinator.start(slow);
            device.start(RecordingListener.acknowledging());
            soon().until(coordinator::isConnected);
            soon().until(() -> {
                device.publish(Publication.of("tributary/v1/slow/update/0/dev-fast", Bytes.of((byte) 100)));
                return blocked.get();
            });
            for (byte i = 0; i < 100; i++) {
                device.publish(Publication.of("tributary/v1/slow/update/0/dev-fast", Bytes.of(i)));
            }
            soon().until(() -> got.size() == 101);
        }
    }

    @Test
    void publish_fromTheListener_moreThanTheWindowHolds_neitherBlocksNorFails() {
        RecordingListener answers = RecordingListener.acknowledging();
        try (Transport coordinator = client("coordinator-eager");
                Transport device = client("dev-asks")) {
            RecordingListener eager = RecordingListener.doing(delivery -> {
                for (int i = 0; i < 300; i++) {
                    coordinator.publish(
                            Publication.of("tributary/v1/eager/receipt/dev-asks", Bytes.of((byte) (i >> 8), (byte) i)));
                }
                delivery.acknowledge();
            });
            coordinator.subscribe("tributary/v1/eager/update/+/+");
            coordinator.start(eager);
            device.subscribe("tributary/v1/eager/receipt/dev-asks");
            device.start(answers);
            soon().until(() -> {
                device.publish(Publication.of("tributary/v1/eager/update/0/dev-asks", Bytes.of((byte) 1)));
                return !eager.deliveries().isEmpty();
            });
            soon().until(() -> answers.deliveries().stream()
                            .map(delivery -> delivery.payload())
                            .distinct()
                            .count()
                    == 300);
        }
    }

    @Test
    void idTakenOver_isSaidOnce_andNotFoughtAtFullSpeed() {
        RecordingListener first = RecordingListener.acknowledging();
        RecordingListener second = RecordingListener.acknowledging();
        try (LogLines log = new LogLines(Reconnection.class);
                Transport one = client("dev-double");
                Transport other = client("dev-double")) {
            one.start(first);
            soon().until(one::isConnected);
            other.start(second);
            soon().until(() -> first.disconnections().size() == 1);
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0)).contains("another client uses the id dev-double (reason 142)");
            // Each is thrown out in its turn, after 5 s and then 10 s: unbraked they would do it some ten times a
            // second.
            await().atMost(Duration.ofSeconds(20))
                    .during(Duration.ofSeconds(11))
                    .until(() ->
                            first.connections().size() + second.connections().size() <= 5);
            assertThat(log.lines()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void outbox_ofAClientWithoutABroker_keepsItsLimit_andSaysSo() {
        Publication message = Publication.of("tributary/v1/patient/update/0/dev-patient", Bytes.of((byte) 1));
        RecordingListener listener = RecordingListener.acknowledging();
        try (LogLines log = new LogLines(Sender.class);
                Gate gate = new Gate(BROKER.uri())) {
            gate.cut();
            try (Transport device = new PahoTransport(
                    MqttSettings.of(gate.uri(), "dev-patient").withOutbox(new OutboxLimit(100, 1 << 20)))) {
                device.start(listener);
                IntStream.range(0, 1_000).forEach(i -> device.publish(message));
                soon().until(() -> listener.answers().size() == 900);
                assertThat(listener.answers()).allMatch(answer -> answer.outcome() == PublishOutcome.DROPPED);
                assertThat(log.lines()).hasSize(1);
                assertThat(log.lines().get(0)).contains("the outbox of dev-patient is full");
                gate.mend();
                soon().until(() -> listener.answers().size() == 1_000);
                device.publish(message);
                soon().until(() -> listener.answers().size() == 1_001);
                assertThat(listener.answers())
                        .filteredOn(answer -> answer.outcome() == PublishOutcome.NO_SUBSCRIBERS)
                        .hasSize(101);
            }
        }
    }

    @Test
    void start_beforeTheBrokerIsUp_connectsOnceItIs() {
        RecordingListener listener = RecordingListener.acknowledging();
        try (Gate gate = new Gate(BROKER.uri())) {
            gate.cut();
            try (Transport device = new PahoTransport(MqttSettings.of(gate.uri(), "dev-early"))) {
                device.start(listener);
                soon().until(() -> listener.disconnections().size() >= 3);
                assertThat(listener.connections()).isEmpty();
                gate.mend();
                soon().until(device::isConnected);
            }
        }
    }
}
