package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.agent.participation.DutyCycle;
import dev.tributary.protocol.Presence.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a broker's subscribers hear of a device that comes, goes, and is lost. */
final class PresenceIT {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);
    /** What the will is delayed by: nothing. */
    private static final Duration WILL_DELAY = Duration.ZERO;
    /** For a busy machine, and for the broker that looks at its connections now and then. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    private static RealDevice device(Gate gate, String id, WireCoordinator coordinator) {
        return new RealDevice(
                gate.uri(), id, coordinator.federation(), Duration.ofMinutes(1), KEEP_ALIVE, new DutyCycle.Always());
    }

    /** What is said again does not count: each connection says it, and QoS 1 may deliver it twice. */
    private static void awaitPresence(WireCoordinator coordinator, String device, Status... expected) {
        soon().untilAsserted(
                        () -> assertThat(changes(coordinator.presence(device))).containsExactly(expected));
    }

    private static List<Status> changes(List<Status> said) {
        List<Status> changes = new ArrayList<>();
        for (Status status : said) {
            if (changes.isEmpty() || changes.get(changes.size() - 1) != status) {
                changes.add(status);
            }
        }
        return changes;
    }

    @Test
    void goodbye_saysOffline_andEveryConnectionSaysOnline() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "bye");
                Gate gate = new Gate(BROKER.uri())) {
            try (RealDevice device = device(gate, "dev-bye", coordinator)) {
                awaitPresence(coordinator, "dev-bye", Status.ONLINE);
                assertThat(device.disconnections()).isEmpty();
            }
            awaitPresence(coordinator, "dev-bye", Status.ONLINE, Status.OFFLINE);
            try (RealDevice again = device(gate, "dev-bye", coordinator)) {
                awaitPresence(coordinator, "dev-bye", Status.ONLINE, Status.OFFLINE, Status.ONLINE);
                assertThat(again.disconnections()).isEmpty();
            }
        }
    }

    @Test
    void connectionReset_itsWillSaysOffline_andItsReturnOnline() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "reset");
                Gate gate = new Gate(BROKER.uri());
                RealDevice device = device(gate, "dev-reset", coordinator)) {
            awaitPresence(coordinator, "dev-reset", Status.ONLINE);
            gate.cut();
            awaitPresence(coordinator, "dev-reset", Status.ONLINE, Status.OFFLINE);
            gate.mend();
            awaitPresence(coordinator, "dev-reset", Status.ONLINE, Status.OFFLINE, Status.ONLINE);
            assertThat(device.connections()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void networkGoneWithoutAnEnd_isToldWithinOneAndAHalfKeepAlive() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "dark");
                Gate gate = new Gate(BROKER.uri());
                RealDevice device = device(gate, "dev-dark", coordinator)) {
            awaitPresence(coordinator, "dev-dark", Status.ONLINE);
            gate.goDark();
            long gone = System.nanoTime();
            awaitPresence(coordinator, "dev-dark", Status.ONLINE, Status.OFFLINE);
            Duration noticed = Duration.ofNanos(System.nanoTime() - gone);
            assertThat(noticed)
                    .isLessThan(KEEP_ALIVE
                            .multipliedBy(3)
                            .dividedBy(2)
                            .plus(WILL_DELAY)
                            .plus(SLACK));
            gate.cut();
            gate.mend();
            soon().until(device.session()::isConnected);
            awaitPresence(coordinator, "dev-dark", Status.ONLINE, Status.OFFLINE, Status.ONLINE);
        }
    }

    /** The will of the old connection must not come after the birth message of the new one. */
    @Test
    void newConnectionWhileTheBrokerStillHoldsTheOldOne_endsOnline() {
        List<RealDevice> left = new ArrayList<>();
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "again");
                Gate gate = new Gate(BROKER.uri())) {
            for (int i = 0; i < 20; i++) {
                String id = "dev-again-" + i;
                left.add(device(gate, id, coordinator));
                awaitPresence(coordinator, id, Status.ONLINE);
            }
            gate.goDark();
            try (Gate other = new Gate(BROKER.uri())) {
                for (int i = 0; i < 20; i++) {
                    String id = "dev-again-" + i;
                    try (RealDevice successor = device(other, id, coordinator)) {
                        soon().until(() -> coordinator.presence(id).size() >= 3);
                        assertThat(coordinator.presence(id))
                                .containsExactly(Status.ONLINE, Status.OFFLINE, Status.ONLINE);
                        assertThat(successor.connections()).isEqualTo(1);
                    }
                }
            }
            left.forEach(RealDevice::close);
        }
    }
}
