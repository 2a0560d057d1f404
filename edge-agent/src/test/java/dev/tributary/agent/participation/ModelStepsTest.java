package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.ModelCoding;
import dev.tributary.model.GlobalModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a device follows a federation's versions by steps, and when it fetches the full model. */
class ModelStepsTest extends ModelStepsSetting {
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
