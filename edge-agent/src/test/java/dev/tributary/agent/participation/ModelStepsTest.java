package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codecs;
import dev.tributary.codec.ModelCoding;
import dev.tributary.codec.ModelCoding.Coded;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a device follows a federation's versions by steps, and when it fetches the full model. */
class ModelStepsTest {
    private static final Encoding DITHER = Codecs.DITHER.withStep(0.5);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

    private final DeviceFixture device = new DeviceFixture();
    private final List<GlobalModel> versions = new ArrayList<>();
    private final List<ModelDelta> words = new ArrayList<>();

    /** Version 0 and a step to each of the next ten, each with its own weights. */
    @BeforeEach
    void makeVersions() {
        ModelCoding coding =
                ModelCoding.of(ScriptedCoordinator.FEDERATION, DITHER).orElseThrow();
        GlobalModel newest =
                new GlobalModel(0, device.coordinator.schema, Weights.zeros(device.coordinator.schema.layout()));
        versions.add(newest);
        words.add(ModelCoding.notice(newest));
        for (int i = 1; i <= 10; i++) {
            Coded coded = coding.encode(newest, i, newest.weights().plus(Vector.of(0.5 * i, -1.0 / i)));
            newest = coded.model();
            versions.add(newest);
            words.add(coded.delta());
        }
    }

    private void start() {
        device.start(new DutyCycle.Always());
    }

    private void spec() {
        device.coordinator.spec(device.coordinator.schema, DITHER);
        device.executor.runAll();
    }

    private void full(int version) {
        device.coordinator.model(versions.get(version));
        device.executor.runAll();
    }

    private void word(ModelDelta word) {
        device.coordinator.word(word);
        device.executor.runAll();
    }

    private void word(int version) {
        word(words.get(version));
    }

    /** As a coordinator does: the full model, then the word. */
    private void publish(int version) {
        full(version);
        word(version);
    }

    private void call(int version) {
        device.coordinator.round(device.coordinator.call(version + 1L, RoundKind.TRAIN, version));
        device.executor.runAll();
    }

    private void reconnectAnew() {
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        device.broker.mend(DeviceFixture.DEVICE.value());
        device.executor.runAll();
    }

    private int fullModels() {
        return Collections.frequency(device.received, Traffic.MODEL);
    }

    private GlobalModel held() {
        return device.models.get(device.models.size() - 1);
    }

    private List<Long> trainedFrom() {
        return device.coordinator.answers.stream()
                .map(answer -> ((Update) answer).baseVersion())
                .toList();
    }

    @Test
    void connected_getsOneFullModelAndThenSteps() {
        start();
        spec();
        for (int i = 0; i <= 10; i++) {
            publish(i);
            call(i);
        }
        assertThat(device.models).isEqualTo(versions);
        assertThat(fullModels()).isEqualTo(1);
        assertThat(trainedFrom()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(device.malformed).isEmpty();
    }

    @Test
    void joinsInTheMiddle_getsOneFullModel() {
        spec();
        for (int i = 0; i <= 5; i++) {
            publish(i);
        }
        start();
        publish(6);
        call(6);
        assertThat(device.models).isEqualTo(versions.subList(5, 7));
        assertThat(fullModels()).isEqualTo(1);
        assertThat(trainedFrom()).containsExactly(6L);
    }

    @Test
    void missesVersions_getsOneFullModelOnItsReturn() {
        start();
        spec();
        publish(0);
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        for (int i = 1; i <= 7; i++) {
            publish(i);
        }
        device.broker.mend(DeviceFixture.DEVICE.value());
        device.executor.runAll();
        publish(8);
        call(8);
        assertThat(device.models).containsExactly(versions.get(0), versions.get(7), versions.get(8));
        assertThat(fullModels()).isEqualTo(2);
        assertThat(trainedFrom()).containsExactly(8L);
    }

    @Test
    void missesNothing_needsNoFullModelOnItsReturn() {
        start();
        spec();
        publish(0);
        publish(1);
        reconnectAnew();
        call(1);
        assertThat(fullModels()).isEqualTo(1);
        assertThat(trainedFrom()).containsExactly(1L);
    }

    @Test
    void missesOneVersion_takesTheRetainedStepOnItsReturn() {
        start();
        spec();
        publish(0);
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        publish(1);
        device.broker.mend(DeviceFixture.DEVICE.value());
        device.executor.runAll();
        assertThat(held()).isEqualTo(versions.get(1));
        assertThat(fullModels()).isEqualTo(1);
    }

    @Test
    void newProcess_withTheStoredVersion_needsNoFullModel() {
        start();
        spec();
        publish(0);
        publish(1);
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        publish(2);
        device.broker.mend(DeviceFixture.DEVICE.value());
        device.executor.runAll();
        int before = fullModels();
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        device.broker.mend(DeviceFixture.DEVICE.value());
        start();
        call(2);
        assertThat(held()).isEqualTo(versions.get(2));
        assertThat(fullModels()).isEqualTo(before);
        assertThat(trainedFrom()).containsExactly(2L);
    }

    @Test
    void stepBeforeItsBase_waitsForTheFullModel() {
        start();
        spec();
        word(3);
        full(2);
        assertThat(held()).isEqualTo(versions.get(3));
        call(3);
        assertThat(trainedFrom()).containsExactly(3L);
        full(3);
        publish(4);
        assertThat(fullModels()).as("it gave the model up once it had its base").isEqualTo(1);
    }

    @Test
    void fullModelOlderThanTheWord_goesOnListeningForTheNewest() {
        start();
        spec();
        word(5);
        full(2);
        full(5);
        publish(6);
        assertThat(device.models).containsExactly(versions.get(2), versions.get(5), versions.get(6));
        assertThat(fullModels()).isEqualTo(2);
    }

    @Test
    void stepFromOtherWeights_isFoundOutAndTheFullModelFetched() {
        start();
        spec();
        // The same number, and the weights of another life of the federation.
        device.coordinator.model(
                new GlobalModel(3, device.coordinator.schema, versions.get(9).weights()));
        device.executor.runAll();
        publish(4);
        call(4);
        assertThat(held()).isEqualTo(versions.get(4));
        assertThat(device.malformed).containsExactly(Traffic.DELTA);
        assertThat(trainedFrom()).containsExactly(4L);
        publish(5);
        assertThat(held()).isEqualTo(versions.get(5));
        assertThat(fullModels()).isEqualTo(2);
    }

    @Test
    void rememberedVersionOfAnotherLife_isReplaced() {
        start();
        spec();
        publish(3);
        reconnectWith(
                new GlobalModel(3, device.coordinator.schema, versions.get(9).weights()));
        call(3);
        assertThat(held().weights()).isEqualTo(versions.get(9).weights());
        assertThat(trainedFrom()).containsExactly(3L);
    }

    @Test
    void federationThatBeganAnew_isFollowedFromItsBeginning() {
        start();
        spec();
        publish(0);
        for (int i = 1; i <= 10; i++) {
            publish(i);
        }
        reconnectWith(versions.get(0));
        publish(1);
        call(1);
        assertThat(held()).isEqualTo(versions.get(1));
        assertThat(trainedFrom()).containsExactly(1L);
    }

    private void reconnectWith(GlobalModel model) {
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        device.coordinator.model(model);
        device.coordinator.word(ModelCoding.notice(model));
        device.broker.mend(DeviceFixture.DEVICE.value());
        device.executor.runAll();
    }

    @Test
    void versionThatComesOfNoStep_isFetched() {
        start();
        spec();
        publish(0);
        publish(1);
        GlobalModel rolledBack =
                new GlobalModel(2, device.coordinator.schema, versions.get(0).weights());
        device.coordinator.model(rolledBack);
        word(ModelCoding.notice(rolledBack));
        assertThat(held()).isEqualTo(rolledBack);
        assertThat(fullModels()).isEqualTo(2);
    }

    @Test
    void wordsRepeatedAndOutOfOrder_changeNothing() {
        start();
        spec();
        publish(0);
        publish(1);
        publish(2);
        word(1);
        word(0);
        word(2);
        word(2);
        publish(3);
        assertThat(device.models).isEqualTo(versions.subList(0, 4));
        assertThat(fullModels()).isEqualTo(1);
        assertThat(device.malformed).isEmpty();
    }

    @Test
    void hostileWords_areCountedAndHarmless() {
        start();
        spec();
        publish(0);
        ModelDelta good = words.get(1);
        ModelDelta.Step step = good.step().orElseThrow();
        List<Bytes> payloads = List.of(
                Bytes.of(new byte[0]),
                Bytes.of(new byte[] {1}),
                Bytes.of(new byte[] {(byte) 0xc0, 0x7f, 1}),
                Bytes.of(new byte[200]));
        for (Bytes payload : payloads) {
            word(with(good, new ModelDelta.Step(0, step.encoding(), payload)));
        }
        word(with(good, new ModelDelta.Step(0, Codecs.STOCHASTIC, step.bytes())));
        word(new ModelDelta(1, Bytes.of(new byte[8]), good.digest(), good.step()));
        word(new ModelDelta(Long.MAX_VALUE, good.fingerprint(), good.digest(), Optional.empty()));
        device.coordinator.retain(Topics.modelDelta(ScriptedCoordinator.FEDERATION), Bytes.of((byte) 7));
        device.executor.runAll();
        call(0);
        assertThat(trainedFrom()).containsExactly(0L);
        assertThat(device.malformed).hasSize(payloads.size() + 2).containsOnly(Traffic.DELTA);
        assertThat(device.models).containsOnly(versions.get(0));
        publish(1);
        publish(2);
        call(2);
        assertThat(held()).isEqualTo(versions.get(2));
        assertThat(trainedFrom()).containsExactly(0L, 2L);
    }

    private static ModelDelta with(ModelDelta delta, ModelDelta.Step step) {
        return new ModelDelta(delta.version(), delta.fingerprint(), delta.digest(), Optional.of(step));
    }

    @Test
    void olderWordThanItsVersion_makesItAskForTheFullModelOnce() {
        spec();
        publish(5);
        start();
        publish(6);
        word(2);
        assertThat(device.malformed).containsExactly(Traffic.DELTA);
        assertThat(fullModels()).isEqualTo(2);
        call(6);
        assertThat(trainedFrom()).containsExactly(6L);
        publish(7);
        assertThat(held()).isEqualTo(versions.get(7));
        assertThat(fullModels()).isEqualTo(2);
    }

    @Test
    void callBeforeTheStep_waitsForItAndFetchesTheModelOnlyWhenNoneComes() {
        start();
        spec();
        publish(0);
        full(1);
        call(1);
        device.executor.pass(Duration.ofMillis(500));
        assertThat(trainedFrom()).isEmpty();
        word(1);
        assertThat(trainedFrom()).containsExactly(1L);
        full(2);
        call(2);
        device.executor.pass(LONG_ENOUGH);
        assertThat(trainedFrom()).containsExactly(1L, 2L);
        assertThat(fullModels()).isEqualTo(2);
    }

    @Test
    void specificationOfTheNextRevision_isFollowedByOneFullModel() {
        start();
        device.coordinator.spec(device.coordinator.raw, DITHER);
        device.executor.runAll();
        publish(0);
        assertThat(device.models)
                .as("a model of a schema that is not known waits")
                .isEmpty();
        spec();
        publish(1);
        assertThat(device.models).isEqualTo(versions.subList(0, 2));
        assertThat(fullModels()).isEqualTo(1);
    }

    @Test
    void encodingOfTheFuture_isNotFollowed() {
        start();
        device.coordinator.spec(device.coordinator.schema, Encoding.of(99));
        device.executor.runAll();
        for (int i = 0; i <= 3; i++) {
            publish(i);
        }
        call(3);
        assertThat(trainedFrom()).containsExactly(3L);
        assertThat(fullModels()).isEqualTo(4);
        assertThat(device.received).doesNotContain(Traffic.DELTA);
    }

    @Test
    void federationThatCeasesToPublishSteps_isFollowedByFullModels() {
        start();
        spec();
        publish(0);
        publish(1);
        device.coordinator.spec(device.coordinator.schema);
        device.executor.runAll();
        full(2);
        call(2);
        assertThat(held()).isEqualTo(versions.get(2));
        assertThat(trainedFrom()).containsExactly(2L);
    }

    @Test
    void sleeper_getsOneFullModelHoweverManyItMissed() {
        device.start(new DutyCycle.Sleeps(Duration.ofMinutes(10), Duration.ofSeconds(1)));
        spec();
        publish(0);
        device.executor.pass(Duration.ofSeconds(10));
        assertThat(device.sleeps).isNotEmpty();
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        for (int i = 1; i <= 9; i++) {
            publish(i);
        }
        device.executor.pass(Duration.ofMinutes(11));
        assertThat(held()).isEqualTo(versions.get(9));
        assertThat(fullModels()).isEqualTo(2);
    }
}
