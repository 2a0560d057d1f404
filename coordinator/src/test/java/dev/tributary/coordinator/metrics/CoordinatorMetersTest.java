package dev.tributary.coordinator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CoordinatorMetersTest {
    private static final FederationId PUMPS = new FederationId("pumps");
    private static final ModelSchema CLASSIFICATION = new ModelSchema(
            0, Task.CLASSIFICATION, List.of(Feature.unbounded("x")), List.of("a", "b"), Optional.empty(), 3);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CoordinatorMeters meters = new CoordinatorMeters(registry);

    @Test
    void roundClosed_countsOutcomeDurationAndLoss() {
        meters.on(new FederationEvent.RoundClosed(round(true)));
        meters.on(new FederationEvent.RoundClosed(round(false)));
        assertThat(registry.get("tributary.rounds")
                        .tags("federation", "pumps", "kind", "train", "outcome", "committed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("tributary.round.duration").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(4);
        assertThat(registry.get("tributary.training.loss").gauge().value()).isEqualTo(0.5);
    }

    @Test
    void answers_countVerdictsAndBytes_neverDevices() {
        DeviceId device = new DeviceId("pump1");
        meters.on(new FederationEvent.Judged(PUMPS, device, Optional.of(Receipt.Code.ACCEPTED), false));
        meters.on(new FederationEvent.Judged(PUMPS, device, Optional.of(Receipt.Code.ACCEPTED), true));
        meters.on(new FederationEvent.Judged(PUMPS, device, Optional.of(Receipt.Code.NOT_FINITE), false));
        meters.on(new FederationEvent.Judged(PUMPS, device, Optional.empty(), false));
        for (String verdict : List.of("accepted", "repeated", "not_finite", "declined")) {
            assertThat(registry.get("tributary.updates")
                            .tag("verdict", verdict)
                            .counter()
                            .count())
                    .as(verdict)
                    .isEqualTo(1);
        }
        meters.on(new FederationEvent.UpdatesLeftOut(
                PUMPS, new RoundId(3, 1), new TreeMap<>(Map.of(device, "far", new DeviceId("pump2"), "far"))));
        assertThat(registry.get("tributary.updates.left.out").counter().count()).isEqualTo(2);
        meters.on(new FederationEvent.Received(PUMPS, Optional.of(RoundKind.TRAIN), false, 70));
        meters.on(new FederationEvent.Received(PUMPS, Optional.empty(), true, 30));
        meters.packet("sent", "tributary/v1/pumps/model", 500);
        meters.packet("received", "tributary/v1/presence/pump1", 40);
        meters.packet("received", "tributary/v1/pumps/update/0/pump1", 70);
        meters.packet("received", "tributary/v1/probe/coordinator-main-0", 20);
        assertThat(bytes("received", "train")).isEqualTo(70);
        assertThat(bytes("received", "decline")).isEqualTo(30);
        assertThat(bytes("sent", "model")).isEqualTo(500);
        assertThat(bytes("received", "presence")).isEqualTo(40);
        assertThat(bytes("received", "other")).isEqualTo(20);
        assertThat(registry.getMeters().stream()
                        .map(Meter::getId)
                        .flatMap(id -> id.getTags().stream())
                        .map(tag -> tag.getValue()))
                .doesNotContain("pump1");
    }

    @Test
    void evaluated_showsTheNewestMetrics() {
        evaluated(new long[][] {{4, 1}, {1, 4}});
        evaluated(new long[][] {{5, 0}, {1, 4}});
        assertThat(registry.get("tributary.model.metric")
                        .tags("metric", "accuracy", "on", "own")
                        .gauge()
                        .value())
                .isEqualTo(0.9);
        assertThat(registry.get("tributary.model.version").gauge().value()).isEqualTo(2);
    }

    @Test
    void online_showsTheNewestCount() {
        meters.watch(PUMPS);
        assertThat(registry.get("tributary.devices.online").gauge().value()).isZero();
        meters.on(new FederationEvent.Online(PUMPS, 12));
        assertThat(registry.get("tributary.devices.online").gauge().value()).isEqualTo(12);
    }

    private double bytes(String direction, String kind) {
        return registry.get("tributary.publish.bytes")
                .tags("direction", direction, "kind", kind)
                .counter()
                .count();
    }

    private void evaluated(long[][] confusion) {
        meters.on(new FederationEvent.Evaluated(
                new EvaluationRecord(PUMPS, 2, 2, Map.of(Role.OWN, Evaluation.ofDevice(confusion, 2)), Instant.EPOCH),
                CLASSIFICATION));
    }

    private static RoundRecord round(boolean committed) {
        return new RoundRecord(
                PUMPS,
                new RoundId(3, 1),
                RoundKind.TRAIN,
                1,
                committed,
                "deadline",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(2),
                List.of(),
                2,
                0,
                0,
                committed ? OptionalDouble.of(0.5) : OptionalDouble.empty(),
                0,
                0);
    }
}
