package dev.tributary.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codecs;
import dev.tributary.codec.ModelCoding;
import dev.tributary.coordinator.EngineParts;
import dev.tributary.coordinator.FakeAnswer;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Publication;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundKind;
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

/** What a federation that publishes its versions as steps puts up, round by round, with one device. */
class ModelStepsEngineTest {
    private static final DeviceId DEVICE = new DeviceId("pump");
    private static final Encoding DITHER = Codecs.DITHER.withStep(0.5);
    private static final String MODEL = Topics.model(CrashWorld.PUMPS);
    private static final String WORD = Topics.modelDelta(CrashWorld.PUMPS);
    private static final String ROUND = Topics.round(CrashWorld.PUMPS);

    private final InMemoryFederationStore store = new InMemoryFederationStore();
    private final UnitOfWork unit = new UnitOfWork();
    private final Map<String, Bytes> retained = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final FakeAnswer device = new FakeAnswer(DEVICE, Presence.Role.TRAINER, 1, 0.3);
    private final ModelCoding coding = ModelCoding.of(CrashWorld.PUMPS, DITHER).orElseThrow();
    private FederationEngine engine;
    private long sequence;

    private void begin(Encoding modelEncoding) {
        unit.clear();
        RoundPlan plan = new RoundPlan(
                OptionalInt.empty(),
                1,
                Duration.ofMinutes(1),
                1,
                new FixedTrainRounds(100),
                1000,
                Optional.empty(),
                1.3);
        FederationDefinition definition = new FederationDefinition(
                        CrashWorld.PUMPS,
                        CrashWorld.SCHEMA,
                        new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                        new LearningRate(0.5, 0),
                        1,
                        plan,
                        Optional.empty(),
                        OptionalLong.of(7))
                .withModelEncoding(modelEncoding);
        engine = new FederationEngine(
                definition, EngineParts.of(store, this::publish, event -> {}, () -> Instant.EPOCH), unit);
        engine.putUp();
        commit();
    }

    private void commit() {
        unit.commit(store).forEach(Runnable::run);
    }

    private void publish(Publication publication) {
        if (publication.retained()) {
            retained.put(publication.topic(), publication.payload());
            order.add(publication.topic());
        }
    }

    @BeforeEach
    void beginAndStandardise() {
        begin(DITHER);
        engine.onPresence(new Presence(
                DEVICE,
                Presence.Status.ONLINE,
                "fake",
                List.of(new Presence.Membership(CrashWorld.PUMPS, Presence.Role.TRAINER, FakeAnswer.EXAMPLES))));
        commit();
        answer();
    }

    private FederationSpec spec() {
        return WireMapper.decodeSpec(CrashWorld.PUMPS, retained.get(Topics.spec(CrashWorld.PUMPS)));
    }

    private GlobalModel model() {
        return WireMapper.decodeModel(spec().schema(), retained.get(MODEL));
    }

    private ModelDelta word() {
        return WireMapper.decodeModelDelta(retained.get(WORD));
    }

    private GlobalModel stored() {
        return store.latestModel(CrashWorld.PUMPS).orElseThrow().model();
    }

    private void answer() {
        RoundAnnouncement call = WireMapper.decodeRound(CrashWorld.PUMPS, retained.get(ROUND));
        Optional<GlobalModel> base = call.kind() == RoundKind.STATISTICS ? Optional.empty() : Optional.of(model());
        order.clear();
        engine.onAnswer(
                Topics.update(CrashWorld.PUMPS, 1, DEVICE),
                DEVICE,
                WireMapper.encode(device.to(call, spec().schema(), base, ++sequence)));
        commit();
    }

    @Test
    void firstVersion_comesOfNoStep() {
        assertThat(spec().modelEncoding()).isEqualTo(DITHER);
        assertThat(model().version()).isZero();
        assertThat(word()).isEqualTo(ModelCoding.notice(model()));
    }

    @Test
    void trainedVersions_areWhatDevicesMakeOfTheSteps() {
        GlobalModel held = model();
        for (int version = 1; version <= 5; version++) {
            answer();
            assertThat(order).containsExactly(MODEL, WORD, ROUND);
            assertThat(word().version()).isEqualTo(version);
            held = coding.apply(held, word()).orElseThrow();
            assertThat(held).isEqualTo(model()).isEqualTo(stored());
        }
    }

    @Test
    void rollBack_comesOfNoStep_andTheNextVersionOfOne() {
        answer();
        answer();
        engine.rollBack(1, OptionalLong.empty());
        engine.onTick();
        commit();
        assertThat(word().version()).isEqualTo(3);
        assertThat(word()).isEqualTo(ModelCoding.notice(model()));
        // The version that was rolled back to may be evaluated first.
        for (int i = 0; i < 2 && model().version() == 3; i++) {
            answer();
        }
        assertThat(word().isFrom(3)).isTrue();
    }

    @Test
    void newProcess_saysWhichVersionIsTheNewest_andGoesOnByTheSameSteps() {
        answer();
        GlobalModel before = model();
        retained.remove(WORD);
        begin(DITHER);
        assertThat(order).contains(MODEL, WORD);
        assertThat(model()).isEqualTo(before);
        assertThat(word()).isEqualTo(ModelCoding.notice(before));
        answer();
        assertThat(coding.apply(before, word())).contains(model());
    }

    @Test
    void newProcessWithoutSteps_saysSo() {
        answer();
        retained.remove(WORD);
        begin(Encoding.NONE);
        assertThat(spec().modelEncoding()).isEqualTo(Encoding.NONE);
        assertThat(retained).doesNotContainKey(WORD);
        answer();
        assertThat(order).containsExactly(MODEL, ROUND);
    }
}
