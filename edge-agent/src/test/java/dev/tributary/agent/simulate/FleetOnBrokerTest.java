package dev.tributary.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.agent.participation.MemoryDeviceState;
import dev.tributary.agent.participation.SessionClock;
import dev.tributary.agent.participation.SessionListener;
import dev.tributary.learning.Predictors;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetOnBrokerTest {
    private static final FederationId PLANT = new FederationId("plant");

    private final InMemoryBroker broker = new InMemoryBroker();

    /** Nobody asks these devices anything, so nothing is ever put off. */
    private static final SessionClock STILL = new SessionClock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void after(Duration delay, Runnable task) {}
    };

    private Fleet fleet(FleetReport report) {
        return new Fleet(
                PLANT,
                report,
                new Fleet.Surroundings(
                        (device, will, keepAlive) -> broker.transport(device.value(), Optional.of(will)),
                        Runnable::run,
                        STILL,
                        device -> new MemoryDeviceState(),
                        device -> SessionListener.none(),
                        Predictors::of));
    }

    private Presence presence(String device) {
        DeviceId id = new DeviceId(device);
        return WireMapper.decodePresence(
                id, broker.retained(Topics.presence(id)).orElseThrow());
    }

    private static FleetReport report() {
        return new FleetReport(
                Plant.fleet(new PlantSettings(6, 1, 0.5, 0)), Optional.of(NewDevices.parse("every:3+1")));
    }

    @Test
    void start_everyDevice_saysWhoItIsAndWhatItHolds() {
        FleetReport report = report();
        try (Fleet fleet = fleet(report)) {
            assertThat(broker.retainedTopics()).isEmpty();

            fleet.start();

            assertThat(fleet.isConnected()).isTrue();
            assertThat(fleet.connectedCount()).isEqualTo(fleet.size()).isEqualTo(6);
            for (int i = 0; i < fleet.size(); i++) {
                DeviceData device = report.data().devices().get(i);
                Presence presence = presence(device.id().value());
                assertThat(presence.status()).isEqualTo(Presence.Status.ONLINE);
                assertThat(presence.memberships())
                        .isEqualTo(List.of(new Presence.Membership(
                                PLANT,
                                i == 1 || i == 4 ? Presence.Role.EVALUATOR : Presence.Role.TRAINER,
                                device.rows().size())));
            }
        }
    }

    @Test
    void close_everyDevice_isOfflineAndDisconnected() {
        FleetReport report = report();
        Fleet fleet = fleet(report);
        fleet.start();

        fleet.close();

        assertThat(report.data().devices()).allSatisfy(device -> {
            assertThat(presence(device.id().value()).status()).isEqualTo(Presence.Status.OFFLINE);
            assertThat(broker.isConnected(device.id().value())).isFalse();
        });
    }

    @Test
    void cut_oneDevice_itsWillSaysSoAndTheOthersStay() {
        FleetReport report = report();
        try (Fleet fleet = fleet(report)) {
            fleet.start();
            String lost = report.data().devices().get(2).id().value();

            broker.cut(lost);

            assertThat(presence(lost).status()).isEqualTo(Presence.Status.OFFLINE);
            assertThat(fleet.isConnected()).isFalse();
            assertThat(fleet.connectedCount()).isEqualTo(5);

            broker.mend(lost);

            assertThat(presence(lost).status()).isEqualTo(Presence.Status.ONLINE);
            assertThat(fleet.isConnected()).isTrue();
        }
    }
}
