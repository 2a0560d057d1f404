package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.agent.participation.DutyCycle;
import dev.tributary.agent.participation.Traffic;
import dev.tributary.codec.Codecs;
import dev.tributary.codec.ModelCoding;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Devices follow steps over the real broker: who was there gets one full model, who was away one more. */
final class ModelStepsIT {
    private static final Encoding DITHER = Codecs.DITHER.withStep(0.5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int VERSIONS = 20;

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    private final List<GlobalModel> versions = new ArrayList<>();

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    private void publishNext(WireCoordinator coordinator) {
        if (versions.isEmpty()) {
            versions.add(coordinator.zeros(0));
            coordinator.publish(versions.get(0), ModelCoding.notice(versions.get(0)));
            return;
        }
        GlobalModel base = versions.get(versions.size() - 1);
        long number = base.version() + 1;
        ModelCoding.Coded coded = ModelCoding.of(coordinator.federation(), DITHER)
                .orElseThrow()
                .encode(base, number, base.weights().plus(Vector.of(0.1 * number, -1.0 / number)));
        versions.add(coded.model());
        coordinator.publish(coded.model(), coded.delta());
    }

    @Test
    void devices_thatStayMissVersionsOrJoinLate_comeToTheSameBits() {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "steps");
                Gate gate = new Gate(BROKER.uri())) {
            coordinator.specWithSteps(DITHER);
            publishNext(coordinator);
            // Its session ends with its connection: what is published meanwhile it never hears.
            try (RealDevice stays = RealDevice.always(BROKER.uri(), "dev-stays", coordinator.federation());
                    RealDevice misses = new RealDevice(
                            gate.uri(),
                            "dev-misses",
                            coordinator.federation(),
                            Duration.ZERO,
                            Duration.ofSeconds(30),
                            new DutyCycle.Always())) {
                soon().until(() ->
                        stays.models().contains(0L) && misses.models().contains(0L));
                gate.cut();
                soon().until(() -> !misses.disconnections().isEmpty());
                for (int i = 1; i < VERSIONS; i++) {
                    publishNext(coordinator);
                }
                gate.mend();
                coordinator.round(1, VERSIONS - 1, HOUR);
                try (RealDevice late = RealDevice.always(BROKER.uri(), "dev-late", coordinator.federation())) {
                    for (RealDevice device : List.of(stays, misses, late)) {
                        soon().until(() -> device.contributions() == 1);
                        assertThat(device.newest()).isEqualTo(versions.get(VERSIONS - 1));
                    }
                    assertThat(stays.received(Traffic.MODEL)).isEqualTo(1);
                    assertThat(stays.versions()).isEqualTo(versions);
                    assertThat(misses.received(Traffic.MODEL)).isEqualTo(2);
                    assertThat(late.received(Traffic.MODEL)).isEqualTo(1);
                    publishNext(coordinator);
                    for (RealDevice device : List.of(stays, misses, late)) {
                        soon().until(() -> device.newest().equals(versions.get(VERSIONS)));
                    }
                    assertThat(misses.received(Traffic.MODEL)).isEqualTo(2);
                    assertThat(late.received(Traffic.MODEL)).isEqualTo(1);
                }
            }
        }
    }
}
