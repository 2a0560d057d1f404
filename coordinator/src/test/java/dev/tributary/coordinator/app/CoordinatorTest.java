package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Receipt;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CoordinatorTest extends CoordinatorScenario {
    @Test
    void federation_honestDevices_trainsEvaluatesAndFinishes() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 4, 3, Duration.ofSeconds(20)));
        FakeDevice newcomer = device("new", Role.EVALUATOR, 0, HONEST);
        trainers(4, HONEST);
        finish(coordinator);

        List<RoundRecord> rounds = rounds();
        assertThat(rounds.stream().map(RoundRecord::kind))
                .containsExactly(
                        RoundKind.STATISTICS,
                        RoundKind.TRAIN,
                        RoundKind.EVALUATE,
                        RoundKind.TRAIN,
                        RoundKind.EVALUATE,
                        RoundKind.TRAIN,
                        RoundKind.EVALUATE,
                        RoundKind.EVALUATE);
        assertThat(rounds).allMatch(RoundRecord::committed);
        assertThat(rounds.stream().map(round -> round.id().number())).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        GlobalModel latest =
                coordinator.store().latestModel(PUMPS).orElseThrow().model();
        assertThat(latest.version()).isEqualTo(3);
        assertThat(latest.weights().values().toArray()).containsOnly(0.875);
        FederationEvent.Finished finished = only(FederationEvent.Finished.class).get(0);
        assertThat(finished.trainRounds()).isEqualTo(3);
        assertThat(finished.weightsSha256()).hasSize(64);
        assertThat(finished.evaluation().orElseThrow().of(EncodedVector.Role.LOCAL_ONLY))
                .isPresent();
        assertThat(finished.evaluation()
                        .orElseThrow()
                        .of(EncodedVector.Role.NEW)
                        .orElseThrow()
                        .devices())
                .isEqualTo(1);
        assertThat(newcomer.answered()).allMatch(call -> call.kind() == RoundKind.EVALUATE);
        assertThat(newcomer.answered().get(newcomer.answered().size() - 1).comparisons())
                .isTrue();
        assertThat(broker.retained(Topics.round(PUMPS))).isEmpty();
        assertThat(broker.retained(Topics.spec(PUMPS))).isPresent();
        assertThat(broker.retained(Topics.model(PUMPS))).isPresent();
        assertThat(devices.get(1).receipts()).hasSize(8).allMatch(receipt -> receipt.code() == Receipt.Code.ACCEPTED);
    }

    @Test
    void rounds_trainUpdates_areCountedAsTheDevicesPublishedThem() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 3, 2, Duration.ofSeconds(20)));
        trainers(3, HONEST);
        finish(coordinator);
        long up = rounds().stream().mapToLong(RoundRecord::bytesUp).sum();
        long float32 = rounds().stream().mapToLong(RoundRecord::bytesUpFloat32).sum();
        assertThat(up)
                .isPositive()
                .isEqualTo(devices.stream().mapToLong(FakeDevice::trainBytes).sum());
        // Six weights: 10 bytes as int8, 24 as float32, in each of 3 × 2 updates.
        assertThat(float32 - up).isEqualTo(6 * (24 - 10));
        assertThat(registry.get("tributary.publish.bytes")
                        .tags("direction", "received", "kind", "train")
                        .counter()
                        .count())
                .isEqualTo((double) up);
    }

    @Test
    void statistics_oneDeviceFarOff_isRejectedByNameAndTheOthersGoOn() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 5, 1, Duration.ofSeconds(20)));
        trainers(4, HONEST);
        FakeDevice broken = device("broken", Role.TRAINER, 100_000, HONEST);
        finish(coordinator);
        assertThat(only(FederationEvent.DeviceRejected.class))
                .singleElement()
                .satisfies(event -> assertThat(event.device().value()).isEqualTo("broken"))
                .satisfies(event -> assertThat(event.detail()).contains("temperature: mean 100000 is"));
        assertThat(broken.receipts().get(0).code()).isEqualTo(Receipt.Code.OUTLYING_STATISTICS);
        assertThat(coordinator
                        .store()
                        .spec(PUMPS)
                        .orElseThrow()
                        .schema()
                        .standardiser()
                        .orElseThrow()
                        .featureMean()
                        .get(0))
                .isEqualTo(2.5);
        assertThat(rounds().get(1).contributors()).hasSize(4);
        assertThat(broken.receipts()).noneMatch(receipt -> receipt.code() == Receipt.Code.ACCEPTED);
    }

    @Test
    void coordinator_startedAfterTheDevices_findsThem() throws Exception {
        trainers(3, HONEST);
        finish(coordinator(definition(PUMPS, 3, 1, Duration.ofSeconds(20))));
        assertThat(rounds().get(0).contributors()).hasSize(3);
    }

    @Test
    void twoFederations_oneDeviceInEach_runAtOnce() throws Exception {
        FederationId fans = new FederationId("fans");
        Coordinator coordinator = coordinator(
                definition(PUMPS, 1, 1, Duration.ofSeconds(20)), definition(fans, 1, 1, Duration.ofSeconds(20)));
        device("a", Role.TRAINER, 1, HONEST);
        devices.add(new FakeDevice(broker, "b", fans, Role.TRAINER, 1, HONEST).start());
        finish(coordinator);
        assertThat(coordinator.store().federations()).containsExactly(fans, PUMPS);
    }

    @Test
    void sameSeed_twice_givesTheSameBits() throws Exception {
        List<String> hashes = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            InMemoryBroker fresh = new InMemoryBroker();
            events.clear();
            Coordinator coordinator = coordinator(fresh, definition(PUMPS, 3, 2, Duration.ofSeconds(20)));
            for (int i = 0; i < 3; i++) {
                devices.add(new FakeDevice(fresh, "d" + i, PUMPS, Role.TRAINER, i, HONEST).start());
            }
            finish(coordinator);
            hashes.add(only(FederationEvent.Finished.class).get(0).weightsSha256());
        }
        assertThat(hashes.get(0)).isEqualTo(hashes.get(1));
    }

    @Test
    void rollBack_publishesTheOldWeightsAsANewVersion() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 2, 3, Duration.ofSeconds(20)));
        trainers(2, HONEST);
        finish(coordinator);
        assertThat(coordinator
                        .loop(PUMPS)
                        .orElseThrow()
                        .rollBack(1, OptionalLong.empty())
                        .get(10, TimeUnit.SECONDS))
                .isEqualTo(4);
        ModelVersion restored = coordinator.store().latestModel(PUMPS).orElseThrow();
        assertThat(restored.restoredFrom()).hasValue(1);
        assertThat(restored.baseVersion()).hasValue(3);
        assertThat(restored.model().weights())
                .isEqualTo(coordinator
                        .store()
                        .model(PUMPS, 1)
                        .orElseThrow()
                        .model()
                        .weights());
        await().until(() -> broker.retained(Topics.model(PUMPS))
                .map(payload -> WireMapper.decodeModel(restored.model().schema(), payload)
                        .version())
                .equals(Optional.of(4L)));
        assertThatThrownBy(() -> coordinator
                        .loop(PUMPS)
                        .orElseThrow()
                        .rollBack(77, OptionalLong.empty())
                        .get(10, TimeUnit.SECONDS))
                .hasMessageContaining("federation pumps has no version 77");
        assertThat(coordinator.loop(new FederationId("other"))).isEmpty();
    }
}
