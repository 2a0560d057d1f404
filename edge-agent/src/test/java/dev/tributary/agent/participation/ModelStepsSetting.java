package dev.tributary.agent.participation;

import dev.tributary.codec.Codecs;
import dev.tributary.codec.ModelCoding;
import dev.tributary.codec.ModelCoding.Coded;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A device, and a coordinator that publishes ten versions as steps when the test says so. */
abstract class ModelStepsSetting {
    static final Encoding DITHER = Codecs.DITHER.withStep(0.5);
    static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

    final DeviceFixture device = new DeviceFixture();
    final List<GlobalModel> versions = new ArrayList<>();
    final List<ModelDelta> words = new ArrayList<>();

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

    void start() {
        device.start(new DutyCycle.Always());
    }

    void spec() {
        device.coordinator.spec(device.coordinator.schema, DITHER);
        device.executor.runAll();
    }

    void full(int version) {
        device.coordinator.model(versions.get(version));
        device.executor.runAll();
    }

    void word(ModelDelta word) {
        device.coordinator.word(word);
        device.executor.runAll();
    }

    void word(int version) {
        word(words.get(version));
    }

    /** As a coordinator does: the full model, then the word. */
    void publish(int version) {
        full(version);
        word(version);
    }

    void call(int version) {
        device.coordinator.round(device.coordinator.call(version + 1L, RoundKind.TRAIN, version));
        device.executor.runAll();
    }

    void reconnectAnew() {
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        device.broker.mend(DeviceFixture.DEVICE.value());
        device.executor.runAll();
    }

    int fullModels() {
        return Collections.frequency(device.received, Traffic.MODEL);
    }

    GlobalModel held() {
        return device.models.get(device.models.size() - 1);
    }

    List<Long> trainedFrom() {
        return device.coordinator.answers.stream()
                .map(answer -> ((Update) answer).baseVersion())
                .toList();
    }
}
