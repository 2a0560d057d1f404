package dev.tributary.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codecs;
import dev.tributary.coordinator.EngineParts;
import dev.tributary.coordinator.FakeAnswer;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.RoundPlan.Asynchrony;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Seed;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Publication;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One asynchronous federation with a device that is fast and one that is slow, as a script. */
class AsynchronousEngineTest {
    private static final DeviceId FAST = new DeviceId("fast");
    private static final DeviceId SLOW = new DeviceId("slow");
    private static final int MAXIMUM_STALENESS = 3;

    private final InMemoryFederationStore store = new InMemoryFederationStore();
    private final UnitOfWork unit = new UnitOfWork();
    private final Map<String, Bytes> retained = new HashMap<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<FederationEvent> events = new ArrayList<>();
    private final Map<DeviceId, FakeAnswer> devices = Map.of(
            FAST, new FakeAnswer(FAST, Presence.Role.TRAINER, 1, 0.5),
            SLOW, new FakeAnswer(SLOW, Presence.Role.TRAINER, 1, -4));
    private FederationEngine engine;
    private long sequence;

    private void begin(RoundPlan plan) {
        unit.clear();
        FederationDefinition definition = new FederationDefinition(
                CrashWorld.PUMPS,
                CrashWorld.SCHEMA,
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                1,
                plan,
                Optional.empty(),
                OptionalLong.of(7));
        engine = new FederationEngine(
                definition, EngineParts.of(store, this::publish, events::add, () -> Instant.EPOCH), unit);
        engine.putUp();
        commit();
    }

    private static RoundPlan plan(int goal, int trainRounds) {
        return new RoundPlan(
                OptionalInt.of(goal),
                1,
                Duration.ofMinutes(1),
                2,
                new FixedTrainRounds(trainRounds),
                1000,
                Optional.of(new Asynchrony(MAXIMUM_STALENESS)),
                RoundPlan.DEFAULT_OVER_SELECTION);
    }

    private static RoundPlan synchronous(int trainRounds) {
        return new RoundPlan(
                OptionalInt.empty(),
                1,
                Duration.ofMinutes(1),
                2,
                new FixedTrainRounds(trainRounds),
                1000,
                Optional.empty(),
                RoundPlan.DEFAULT_OVER_SELECTION);
    }

    private void commit() {
        unit.commit(store).forEach(Runnable::run);
    }

    private void publish(Publication publication) {
        if (publication.retained()) {
            retained.put(publication.topic(), publication.payload());
        }
        for (DeviceId device : devices.keySet()) {
            if (publication.topic().equals(Topics.receipt(CrashWorld.PUMPS, device))) {
                receipts.add(WireMapper.decodeReceipt(CrashWorld.PUMPS, publication.payload()));
            }
        }
    }

    /** Version 0 is there, and the first call to train. */
    @BeforeEach
    void beginWithAGoalOfOne() {
        begin(plan(1, 100));
        for (DeviceId device : devices.keySet()) {
            engine.onPresence(new Presence(
                    device,
                    Presence.Status.ONLINE,
                    "fake",
                    List.of(new Presence.Membership(CrashWorld.PUMPS, Presence.Role.TRAINER, FakeAnswer.EXAMPLES))));
        }
        commit();
        sent(FAST, made(FAST));
        sent(SLOW, made(SLOW));
        assertThat(version()).isZero();
    }

    private RoundAnnouncement call() {
        return WireMapper.decodeRound(CrashWorld.PUMPS, retained.get(Topics.round(CrashWorld.PUMPS)));
    }

    /** The device's answer to the present call, which it may send later. */
    private Update made(DeviceId device) {
        FederationSpec spec = WireMapper.decodeSpec(CrashWorld.PUMPS, retained.get(Topics.spec(CrashWorld.PUMPS)));
        Optional<GlobalModel> model = Optional.ofNullable(retained.get(Topics.model(CrashWorld.PUMPS)))
                .map(payload -> WireMapper.decodeModel(spec.schema(), payload));
        return devices.get(device).to(call(), spec.schema(), model, ++sequence);
    }

    /** Sends it; the answer is the newest receipt. */
    private Optional<Receipt> sent(DeviceId device, Update update) {
        engine.onAnswer(Topics.update(CrashWorld.PUMPS, 1, device), device, WireMapper.encode(update));
        commit();
        return receipts.isEmpty() ? Optional.empty() : Optional.of(receipts.get(receipts.size() - 1));
    }

    private Receipt send(DeviceId device, Update update) {
        return sent(device, update).orElseThrow();
    }

    private long version() {
        return store.latestModel(CrashWorld.PUMPS)
                .map(latest -> latest.model().version())
                .orElse(-1L);
    }

    private Vector weights(long version) {
        return store.model(CrashWorld.PUMPS, version)
                .orElseThrow()
                .model()
                .weights()
                .values();
    }

    private Participation kept(DeviceId device, RoundId round) {
        return store.participation(CrashWorld.PUMPS, round, device).orElseThrow();
    }

    private void makeVersions(int count) {
        for (int i = 0; i < count; i++) {
            send(FAST, made(FAST));
        }
    }

    private static Vector delta(Update update) {
        return Codecs.byId(1).orElseThrow().decode(update.vectors().get(0).bytes(), 6, new Seed(0));
    }

    @Test
    void update_threeVersionsOld_countsHalf() {
        Update old = made(SLOW);
        makeVersions(3);
        assertThat(version()).isEqualTo(3);
        assertThat(send(SLOW, old).code()).isEqualTo(Code.ACCEPTED);
        assertThat(version()).isEqualTo(4);
        double[] expected = weights(3).toArray();
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) (expected[i] + 0.5 * delta(old).get(i));
        }
        assertThat(weights(4)).isEqualTo(Vector.of(expected));
        assertThat(kept(SLOW, old.round()).countedFor()).hasValue(4);
        RoundId made = store.model(CrashWorld.PUMPS, 4).orElseThrow().round().orElseThrow();
        assertThat(made).as("the round of the version is a later one").isNotEqualTo(old.round());
        assertThat(store.round(CrashWorld.PUMPS, made).orElseThrow().contributors())
                .containsExactly(SLOW);
        assertThat(events).contains(new FederationEvent.Buffered(CrashWorld.PUMPS, SLOW, 3));
    }

    @Test
    void duplicates_ofAnOldUpdate_getTheFirstVerdictAndDoNotCount() {
        Update old = made(SLOW);
        makeVersions(2);
        send(SLOW, old);
        Vector weights = weights(3);
        Receipt again = send(SLOW, old);
        assertThat(again.code()).isEqualTo(Code.ACCEPTED);
        assertThat(again.repeat()).isTrue();
        assertThat(version()).isEqualTo(3);
        assertThat(weights(3)).isEqualTo(weights);
    }

    @Test
    void update_olderThanTheMaximum_isStale() {
        Update old = made(SLOW);
        makeVersions(MAXIMUM_STALENESS + 1);
        Receipt receipt = send(SLOW, old);
        assertThat(receipt.code()).isEqualTo(Code.STALE);
        assertThat(receipt.detail())
                .isEqualTo("the update was trained from version 0, the newest is 4, and maximumStaleness is 3");
        assertThat(receipt.repeat()).isFalse();
        Receipt again = send(SLOW, old);
        assertThat(again.code()).isEqualTo(Code.STALE);
        assertThat(again.repeat()).isTrue();
        assertThat(version()).isEqualTo(4);
    }

    @Test
    void update_thatLiesAboutItsBase_isRejected() {
        Update old = made(SLOW);
        makeVersions(2);
        Update lie =
                new Update(old.round(), 1, 2, old.fingerprint(), old.kind(), old.exampleCount(), old.vectors(), 5, 2.5);
        assertThat(send(SLOW, lie).code()).isEqualTo(Code.WRONG_BASE_VERSION);
        Update unknown = new Update(
                new RoundId(77, 1), 2, 0, old.fingerprint(), old.kind(), old.exampleCount(), old.vectors(), 5, 2.5);
        assertThat(send(SLOW, unknown).code()).isEqualTo(Code.UNKNOWN_ROUND);
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void deviceWithTwoUpdatesInOneVersion_isNamedTwice() {
        Update old = made(SLOW);
        makeVersions(1);
        begin(plan(3, 100));
        send(SLOW, old);
        send(SLOW, made(SLOW));
        assertThat(version()).as("two of three wait").isEqualTo(1);
        assertThat(engine.state().buffered()).isEqualTo(2);
        send(FAST, made(FAST));
        assertThat(version()).isEqualTo(2);
        RoundId round = store.model(CrashWorld.PUMPS, 2).orElseThrow().round().orElseThrow();
        assertThat(store.round(CrashWorld.PUMPS, round).orElseThrow().contributors())
                .containsExactly(FAST, SLOW, SLOW);
    }

    @Test
    void rollBack_dropsWhatWaits_andWhatWasTrainedBefore() {
        begin(plan(2, 100));
        send(FAST, made(FAST));
        send(SLOW, made(SLOW));
        assertThat(version()).isEqualTo(1);
        Update waiting = made(FAST);
        Update old = made(SLOW);
        assertThat(send(FAST, waiting).code()).isEqualTo(Code.ACCEPTED);
        assertThat(kept(FAST, waiting.round()).buffered()).isTrue();
        engine.rollBack(0, OptionalLong.empty());
        commit();
        assertThat(version()).isEqualTo(2);
        assertThat(weights(2)).isEqualTo(weights(0));
        assertThat(kept(FAST, waiting.round()).buffered()).isFalse();
        assertThat(kept(FAST, waiting.round()).detail()).isEqualTo("the model was rolled back to version 0");
        assertThat(kept(FAST, waiting.round()).countedFor()).isEmpty();
        assertThat(engine.state().buffered()).isZero();
        for (int restart = 0; restart < 2; restart++) {
            Receipt receipt = send(SLOW, old);
            assertThat(receipt.code()).isEqualTo(Code.STALE);
            assertThat(receipt.detail()).contains("trained from version 1, before a roll-back made version 2");
            begin(plan(2, 100));
        }
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void quarantine_takesTheDevicesUpdateOutOfTheBuffer() {
        begin(plan(3, 100));
        Update waiting = made(FAST);
        send(FAST, waiting);
        assertThat(engine.state().buffered()).isEqualTo(1);
        engine.quarantine(FAST, Optional.of("it drifts"));
        assertThat(engine.isOutdated()).isTrue();
        commit();
        begin(plan(3, 100));
        assertThat(engine.state().buffered()).isZero();
        assertThat(kept(FAST, waiting.round()).code()).contains(Code.QUARANTINED);
        assertThat(send(FAST, waiting).code()).isEqualTo(Code.QUARANTINED);
    }

    @Test
    void rolledBackVersion_isRememberedOverARestart() {
        makeVersions(1);
        Update old = made(SLOW);
        engine.rollBack(0, OptionalLong.empty());
        commit();
        begin(plan(1, 100));
        assertThat(send(SLOW, old).code()).isEqualTo(Code.STALE);
    }

    @Test
    void restart_withUpdatesThatWait_countsThemOnce() {
        begin(plan(3, 100));
        Update waiting = made(FAST);
        send(FAST, waiting);
        begin(plan(3, 100));
        assertThat(engine.state().buffered()).isEqualTo(1);
        send(SLOW, made(SLOW));
        assertThat(version()).isEqualTo(1);
        assertThat(kept(FAST, waiting.round()).countedFor()).hasValue(1);
    }

    @Test
    void lastVersion_takesNoMoreUpdates() {
        begin(plan(1, 2));
        Update old = made(SLOW);
        makeVersions(2);
        assertThat(call().kind()).isEqualTo(RoundKind.EVALUATE);
        assertThat(send(SLOW, old).code()).isEqualTo(Code.LATE);
        assertThat(engine.state().buffered()).isZero();
    }

    @Test
    void becomingSynchronous_dropsWhatWaitsAndSaysSo() {
        begin(plan(2, 100));
        Update waiting = made(FAST);
        send(FAST, waiting);
        begin(synchronous(100));
        assertThat(kept(FAST, waiting.round()).detail())
                .isEqualTo("the federation became synchronous while 1 updates waited for a version");
        assertThat(call().round().attempt()).as("the round is tried again").isEqualTo(2);
        send(FAST, made(FAST));
        send(SLOW, made(SLOW));
        assertThat(version()).isEqualTo(1);
        assertThat(kept(FAST, waiting.round()).countedFor()).isEmpty();
    }

    @Test
    void becomingAsynchronous_inTheMiddleOfARound_triesItAgain() {
        begin(synchronous(100));
        send(FAST, made(FAST));
        begin(plan(2, 100));
        assertThat(engine.state().buffered()).isZero();
        assertThat(call().round().attempt()).isEqualTo(2);
        send(FAST, made(FAST));
        send(SLOW, made(SLOW));
        assertThat(version()).isEqualTo(1);
    }
}
