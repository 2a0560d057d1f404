package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.Bytes;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.transport.Publication;
import dev.tributary.transport.Transport;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoordinatorTest {
    private static final FederationId PUMPS = new FederationId("pumps");
    private static final UnaryOperator<Optional<DeviceMessage>> HONEST = UnaryOperator.identity();

    private final InMemoryBroker broker = new InMemoryBroker();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<FederationEvent> events = new CopyOnWriteArrayList<>();
    private final List<FakeDevice> devices = new ArrayList<>();
    private final List<Coordinator> coordinators = new ArrayList<>();

    @AfterEach
    void end() {
        coordinators.forEach(Coordinator::close);
        devices.forEach(FakeDevice::close);
    }

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
    void answers_garbageNonFiniteAndDeclines_endNothing() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 5, 2, Duration.ofSeconds(20)));
        trainers(2, HONEST);
        AtomicBoolean sent = new AtomicBoolean();
        FakeDevice garbled = device("garbled", Role.TRAINER, 0, HONEST);
        garbled.publish(Bytes.of((byte) 1, (byte) 2, (byte) 3));
        FakeDevice hostile = device(
                "hostile",
                Role.TRAINER,
                1,
                message -> message.map(one -> {
                    sent.set(true);
                    return one instanceof Update update && update.kind() == RoundKind.TRAIN ? nonsense(update) : one;
                }));
        device(
                "busy",
                Role.TRAINER,
                2,
                message -> message.map(one -> one instanceof Update update && update.kind() == RoundKind.TRAIN
                        ? new Decline(update.round(), Decline.Reason.BUSY)
                        : one));
        finish(coordinator);
        assertThat(sent).isTrue();
        RoundRecord train = rounds().get(1);
        assertThat(train.contributors()).hasSize(3);
        assertThat(train.declined()).isEqualTo(1);
        assertThat(train.rejected()).isEqualTo(1);
        assertThat(garbled.receipts()).anyMatch(receipt -> receipt.code() == Receipt.Code.MALFORMED);
        assertThat(hostile.receipts()).anyMatch(receipt -> receipt.code() == Receipt.Code.INVALID_EXAMPLE_COUNT);
    }

    private static DeviceMessage nonsense(Update update) {
        return new Update(
                update.round(),
                update.sequence(),
                update.baseVersion(),
                update.fingerprint(),
                update.kind(),
                0,
                update.vectors(),
                0,
                0);
    }

    @Test
    void duplicate_getsTheSameVerdictAndDoesNotCountTwice() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 2, 1, Duration.ofSeconds(20)));
        List<Bytes> trained = new CopyOnWriteArrayList<>();
        FakeDevice first = device("a", Role.TRAINER, 1, message -> {
            message.filter(one -> one instanceof Update update && update.kind() == RoundKind.TRAIN)
                    .ifPresent(one -> trained.add(WireMapper.encode(one)));
            return message;
        });
        device("b", Role.TRAINER, 2, HONEST);
        finish(coordinator);
        first.publish(trained.get(0));
        await().until(() -> first.receipts().stream().anyMatch(Receipt::repeat));
        Receipt repeated = first.receipts().get(first.receipts().size() - 1);
        assertThat(repeated.code()).isEqualTo(Receipt.Code.ACCEPTED);
        assertThat(repeated.round()).isEqualTo(new RoundId(2, 1));
        assertThat(coordinator.store().latestModel(PUMPS).orElseThrow().model().version())
                .isEqualTo(1);
    }

    @Test
    void round_silentDevice_closesAtTheDeadlineWithTheMinimum() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 3, 1, Duration.ofMillis(600)));
        trainers(2, HONEST);
        device("silent", Role.TRAINER, 1, message -> Optional.empty());
        finish(coordinator);
        assertThat(rounds()).allSatisfy(round -> {
            assertThat(round.contributors()).hasSize(2);
            assertThat(round.reason()).isEqualTo("deadline");
        });
    }

    @Test
    void round_deviceThatGoesAway_isNotWaitedFor() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 3, 1, Duration.ofSeconds(60)));
        trainers(2, HONEST);
        device("leaving", Role.TRAINER, 1, message -> {
            broker.cut("leaving");
            return Optional.empty();
        });
        finish(coordinator);
        assertThat(rounds().get(0).contributors()).hasSize(2);
    }

    @Test
    void coordinator_startedAfterTheDevices_findsThem() throws Exception {
        trainers(3, HONEST);
        finish(coordinator(definition(PUMPS, 3, 1, Duration.ofSeconds(20))));
        assertThat(rounds().get(0).contributors()).hasSize(3);
    }

    @Test
    void brokerEmptied_inMidRound_findsEverythingPutUpAgain() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 2, 2, Duration.ofSeconds(20)));
        AtomicBoolean lost = new AtomicBoolean();
        device("a", Role.TRAINER, 1, HONEST);
        device("b", Role.TRAINER, 2, message -> {
            boolean isTraining = message.orElseThrow() instanceof Update update && update.kind() == RoundKind.TRAIN;
            if (isTraining && lost.compareAndSet(false, true)) {
                broker.restartEmpty();
                return Optional.empty();
            }
            return message;
        });
        finish(coordinator);
        assertThat(lost).isTrue();
        assertThat(coordinator.store().latestModel(PUMPS).orElseThrow().model().version())
                .isEqualTo(2);
        assertThat(broker.retained(Topics.spec(PUMPS))).isPresent();
        assertThat(broker.retained(Topics.model(PUMPS))).isPresent();
    }

    @Test
    void coordinator_afterAnEarlierOne_numbersRoundsAboveItsAnnouncement() throws Exception {
        RoundAnnouncement stale = new RoundAnnouncement(
                PUMPS,
                new RoundId(41, 2),
                RoundKind.TRAIN,
                7,
                Bytes.of(new byte[8]),
                Bytes.of((byte) 1),
                1,
                0.1,
                0,
                2,
                7,
                false,
                Duration.ofHours(1),
                Duration.ofHours(1));
        Transport earlier = broker.transport("coordinator-earlier-0", Optional.empty());
        earlier.start(delivery -> delivery.acknowledge());
        earlier.publish(
                Publication.of(Topics.round(PUMPS), WireMapper.encode(stale)).retain());
        trainers(2, HONEST);
        finish(coordinator(definition(PUMPS, 2, 1, Duration.ofSeconds(20))));
        assertThat(rounds().get(0).id()).isEqualTo(new RoundId(42, 1));
        assertThat(broker.retained(Topics.round(PUMPS))).isEmpty();
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

    private void trainers(int count, UnaryOperator<Optional<DeviceMessage>> script) {
        for (int i = 0; i < count; i++) {
            device("trainer" + i, Role.TRAINER, i + 1, script);
        }
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

    private FakeDevice device(String id, Role role, double mean, UnaryOperator<Optional<DeviceMessage>> script) {
        FakeDevice device = new FakeDevice(broker, id, PUMPS, role, mean, script);
        devices.add(device);
        return device.start();
    }

    private Coordinator coordinator(FederationDefinition... definitions) {
        return coordinator(broker, definitions);
    }

    private Coordinator coordinator(InMemoryBroker on, FederationDefinition... definitions) {
        Coordinator coordinator = new Coordinator(
                List.of(definitions),
                Map.of(),
                new InMemoryFederationStore(),
                History.DEFAULT,
                on.transport("coordinator-main-0", Optional.empty()),
                registry,
                events::add,
                InstantSource.system());
        coordinators.add(coordinator);
        coordinator.start();
        return coordinator;
    }

    private static void finish(Coordinator coordinator)
            throws ExecutionException, InterruptedException, TimeoutException {
        coordinator.finished().get(15, TimeUnit.SECONDS);
    }

    private List<RoundRecord> rounds() {
        return only(FederationEvent.RoundClosed.class).stream()
                .map(FederationEvent.RoundClosed::round)
                .toList();
    }

    private <E extends FederationEvent> List<E> only(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static FederationDefinition definition(FederationId id, int startWhen, int trainRounds, Duration deadline) {
        return new FederationDefinition(
                id,
                new ModelSchema(
                        0,
                        Task.CLASSIFICATION,
                        List.of(Feature.unbounded("temperature"), Feature.unbounded("current")),
                        List.of("good", "bad"),
                        Optional.empty(),
                        3),
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                2,
                new RoundPlan(OptionalInt.empty(), 1, deadline, startWhen, new FixedTrainRounds(trainRounds)),
                Optional.empty(),
                OptionalLong.of(7));
    }
}
