package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codecs;
import dev.tributary.codec.ModelCoding;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.wire.Topics;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a device makes of words and steps that do not fit what it holds. */
class DoubtfulStepsTest extends ModelStepsSetting {
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
}
