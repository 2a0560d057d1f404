package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.agent.participation.DutyCycle;
import dev.tributary.agent.participation.Traffic;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.Publication;
import dev.tributary.transport.RecordingListener;
import dev.tributary.transport.Transport;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import dev.tributary.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a device finds that was away: the newest of everything, once, and nothing stale to train. */
final class SleepersIT {
    private static final int MISSED = 1_000;
    private static final Duration RESUME_WITHIN = Duration.ofSeconds(4);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    /** Versions 1 to 1,000, each with a specification of its own and a call to train from it. */
    private static void publishAThousand(WireCoordinator coordinator) {
        for (int i = 1; i <= MISSED; i++) {
            coordinator.spec(1 + i);
            coordinator.model(i);
            coordinator.round(i, i, HOUR);
        }
        coordinator.awaitAll();
    }

    private static void assertFoundTheNewestAlone(RealDevice device, int before) {
        soon().until(() -> device.contributions() == 1);
        assertThat(device.received(Traffic.SPEC)).isEqualTo(before + 1);
        assertThat(device.received(Traffic.MODEL)).isEqualTo(before + 1);
        assertThat(device.received(Traffic.ROUND)).isEqualTo(1);
        assertThat(device.models()).endsWith((long) MISSED);
        assertThat(device.shards()).endsWith(1 + MISSED);
    }

    @Test
    void processStopped_findsTheNewestOnItsReturn() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "stopped")) {
            coordinator.spec();
            coordinator.model(0);
            try (RealDevice device = RealDevice.always(BROKER.uri(), "dev-stopped", coordinator.federation())) {
                soon().until(() -> device.models().contains(0L));
            }
            publishAThousand(coordinator);
            try (RealDevice device = RealDevice.always(BROKER.uri(), "dev-stopped", coordinator.federation())) {
                assertFoundTheNewestAlone(device, 0);
                soon().until(() -> coordinator.answers().size() == 1);
                assertThat(coordinator.answers().get(0).round().number()).isEqualTo(MISSED);
            }
        }
    }

    @Test
    void processKilled_findsTheNewestOnItsReturn() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "killed");
                Gate gate = new Gate(BROKER.uri())) {
            coordinator.spec();
            coordinator.model(0);
            // Cut for good, it leaves what a process leaves that is killed: a session, and its will.
            RealDevice killed = RealDevice.always(gate.uri(), "dev-killed", coordinator.federation());
            soon().until(() -> killed.models().contains(0L));
            gate.cut();
            publishAThousand(coordinator);
            try (RealDevice device = RealDevice.always(BROKER.uri(), "dev-killed", coordinator.federation())) {
                assertFoundTheNewestAlone(device, 0);
            }
            killed.close();
        }
    }

    @Test
    void connectionCutForLongerThanItResumes_findsTheNewestOnItsReturn() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "cut");
                Gate gate = new Gate(BROKER.uri());
                RealDevice device = new RealDevice(
                        gate.uri(),
                        "dev-cut",
                        coordinator.federation(),
                        RESUME_WITHIN,
                        KEEP_ALIVE,
                        new DutyCycle.Always())) {
            coordinator.spec();
            coordinator.model(0);
            soon().until(() -> device.models().contains(0L));
            int before = device.received(Traffic.MODEL);
            gate.cut();
            long cut = System.nanoTime();
            publishAThousand(coordinator);
            // The broker keeps the session, and what it queued, for twice as long.
            soon().until(() -> System.nanoTime() - cut
                    > RESUME_WITHIN.multipliedBy(11).dividedBy(10).toNanos());
            gate.mend();
            assertFoundTheNewestAlone(device, before);
            assertThat(device.connections()).isEqualTo(2);
        }
    }

    @Test
    void connectionCutBriefly_resumesItsSession_withoutDownloadingAgain() {
        RecordingListener listener = RecordingListener.acknowledging();
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "brief");
                Gate gate = new Gate(BROKER.uri());
                Transport device = new PahoTransport(MqttSettings.ofDevice(
                        gate.uri(), "dev-brief", Publication.of("tributary/v1/presence/dev-brief", Bytes.of((byte)
                                0))))) {
            coordinator.spec();
            coordinator.model(1);
            device.subscribe(Topics.spec(coordinator.federation()));
            device.subscribe(Topics.model(coordinator.federation()));
            device.start(listener);
            soon().until(() -> listener.deliveries().size() == 2);
            gate.cut();
            coordinator.model(2);
            gate.mend();
            soon().until(() -> listener.deliveries().size() == 3);
            assertThat(listener.connections()).isEqualTo(List.of(false, true));
            assertThat(listener.deliveries().get(2).topic()).isEqualTo(Topics.model(coordinator.federation()));
            assertThat(listener.deliveries().get(2).retained()).isFalse();
        }
    }

    @Test
    void announcementExpiredMeanwhile_isNeverTrained() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "expired")) {
            coordinator.spec();
            coordinator.model(1);
            coordinator.round(1, 1, Duration.ofSeconds(1));
            RecordingListener observer = RecordingListener.acknowledging();
            soon().until(() -> {
                try (Transport late = new PahoTransport(MqttSettings.ofDevice(
                        BROKER.uri(), "observer", Publication.of("tributary/v1/presence/observer", Bytes.of((byte)
                                0))))) {
                    int before = observer.deliveries().size();
                    late.subscribe(Topics.round(coordinator.federation()));
                    late.subscribe(Topics.model(coordinator.federation()));
                    late.start(observer);
                    soon().until(() -> observer.deliveries().stream()
                            .skip(before)
                            .anyMatch(delivery -> delivery.topic().endsWith("/model")));
                    return observer.deliveries().stream()
                            .skip(before)
                            .noneMatch(delivery -> delivery.topic().endsWith("/round"));
                }
            });
            try (RealDevice device = RealDevice.always(BROKER.uri(), "dev-expired", coordinator.federation())) {
                soon().until(() -> device.models().contains(1L));
                coordinator.round(2, 1, HOUR);
                soon().until(() -> coordinator.answers().size() == 1);
                assertThat(coordinator.answers().get(0).round().number()).isEqualTo(2);
                assertThat(device.contributions()).isEqualTo(1);
            }
        }
    }

    @Test
    void staleAnnouncements_areNeverTrained() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "stale")) {
            coordinator.spec();
            coordinator.model(5);
            try (RealDevice device = RealDevice.always(BROKER.uri(), "dev-stale", coordinator.federation())) {
                soon().until(() -> device.models().contains(5L));
                coordinator.round(6, 5, HOUR);
                soon().until(() -> coordinator.answers().size() == 1);
                coordinator.round(5, 5, HOUR);
                coordinator.round(7, 4, HOUR);
                coordinator.round(8, 5, HOUR);
                soon().until(() -> coordinator.answers().size() == 2);
                assertThat(coordinator.answers())
                        .extracting(answer -> answer.round().number())
                        .containsExactly(6L, 8L);
                assertThat(device.contributions()).isEqualTo(2);
            }
        }
    }

    @Test
    void sleepMode_saysSo_leavesTheBroker_andTakesPartInTheRoundThatItFinds() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "asleep")) {
            coordinator.spec();
            coordinator.model(0);
            try (RealDevice device = new RealDevice(
                    BROKER.uri(),
                    "dev-asleep",
                    coordinator.federation(),
                    Duration.ofMinutes(1),
                    KEEP_ALIVE,
                    new DutyCycle.Sleeps(Duration.ofSeconds(3), Duration.ofMillis(300)))) {
                soon().until(() -> device.session().isAsleep());
                soon().untilAsserted(() -> assertThat(coordinator.lastPresence("dev-asleep"))
                        .hasValueSatisfying(presence -> {
                            assertThat(presence.status()).isEqualTo(Presence.Status.SLEEPING);
                            assertThat(presence.returnsAfter()).contains(Duration.ofSeconds(3));
                        }));
                coordinator.model(1);
                coordinator.round(1, 1, HOUR);
                soon().until(() -> coordinator.answers().size() == 1);
                coordinator.accept("dev-asleep", 1);
                int visits = device.connections();
                soon().until(() -> device.session().isAsleep());
                soon().until(() -> device.connections() > visits);
                assertThat(device.contributions()).isEqualTo(1);
                assertThat(coordinator.presence("dev-asleep"))
                        .startsWith(Presence.Status.ONLINE, Presence.Status.SLEEPING, Presence.Status.ONLINE)
                        .doesNotContain(Presence.Status.OFFLINE);
            }
            soon().until(() -> {
                Presence.Status last =
                        coordinator.lastPresence("dev-asleep").orElseThrow().status();
                return last != Presence.Status.ONLINE;
            });
        }
    }
}
