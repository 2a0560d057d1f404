package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a device never trains, and what it trains once however often it is asked. */
class StaleCallTest {
    private final DeviceFixture device = new DeviceFixture();

    private void call(long number, long baseVersion) {
        device.coordinator.round(device.coordinator.call(number, RoundKind.TRAIN, baseVersion));
        device.executor.runAll();
    }

    private void reconnectAnew() {
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        device.broker.mend(DeviceFixture.DEVICE.value());
        device.executor.runAll();
    }

    @Test
    void roundOlderThanOneSeen_isNeverTrained() {
        device.start(new DutyCycle.Always());
        device.announceFederation(0);
        call(7, 0);
        call(6, 0);
        assertThat(device.coordinator.answers)
                .extracting(answer -> answer.round().number())
                .containsExactly(7L);
    }

    @Test
    void roundOlderThanOneAnsweredByAnEarlierProcess_isNeverTrained() {
        device.start(new DutyCycle.Always()).close();
        device.start(new DutyCycle.Always());
        device.announceFederation(0);
        call(7, 0);
        device.coordinator.receipt(DeviceFixture.DEVICE, new RoundId(7, 1), Receipt.Code.ACCEPTED);
        device.executor.runAll();
        device.start(new DutyCycle.Always());
        call(6, 0);
        assertThat(device.coordinator.answers).hasSize(1);
        call(8, 0);
        assertThat(device.coordinator.answers).hasSize(2);
    }

    @Test
    void announcedWhileItTrains_isAnsweredNext_andWhatItTrainedIsSentAllTheSame() {
        device.start(new DutyCycle.Always());
        device.announceFederation(0);
        device.learning.meanwhile = () -> {
            device.learning.meanwhile = () -> {};
            device.coordinator.model(1);
            device.coordinator.round(device.coordinator.call(3, RoundKind.TRAIN, 1));
            device.coordinator.model(2);
            device.coordinator.round(device.coordinator.call(4, RoundKind.TRAIN, 2));
        };
        call(2, 0);
        assertThat(device.coordinator.answers)
                .extracting(answer -> answer.round().number())
                .containsExactly(2L, 4L);
        assertThat(device.coordinator.answers)
                .extracting(answer -> ((Update) answer).baseVersion())
                .containsExactly(0L, 2L);
        assertThat(device.coordinator.answers)
                .extracting(answer -> ((Update) answer).sequence())
                .doesNotHaveDuplicates();
    }

    @Test
    void federationThatBeganAnew_countsFromOneAgain() {
        device.start(new DutyCycle.Always());
        device.announceFederation(5);
        call(40, 5);
        device.announceFederation(0);
        call(1, 0);
        assertThat(device.coordinator.answers)
                .extracting(answer -> answer.round().number())
                .containsExactly(40L, 1L);
    }

    @Test
    void baseVersionNotTheNewest_isNeverTrained() {
        device.start(new DutyCycle.Always());
        device.announceFederation(4);
        device.coordinator.model(5);
        call(7, 4);
        assertThat(device.coordinator.answers).isEmpty();
    }

    @Test
    void deadlinePassedWhileItWaited_isNeverTrained() {
        device.start(new DutyCycle.Always());
        device.coordinator.spec(device.coordinator.schema);
        call(7, 0);
        device.executor.pass(Duration.ofSeconds(61));
        device.coordinator.model(0);
        device.executor.runAll();
        assertThat(device.coordinator.answers).isEmpty();
        assertThat(device.learning.trainings).isZero();
    }

    @Test
    void brokerSaysThatLessIsLeft_isNeverTrainedAfterThat() {
        device.coordinator.expiringRound(device.coordinator.call(7, RoundKind.TRAIN, 0), Duration.ofSeconds(60));
        device.executor.pass(Duration.ofSeconds(50));
        device.start(new DutyCycle.Always());
        device.coordinator.spec(device.coordinator.schema);
        device.executor.pass(Duration.ofSeconds(11));
        device.coordinator.model(0);
        device.executor.runAll();
        assertThat(device.learning.trainings).isZero();
    }

    @Test
    void rememberedModel_isTrainedOnlyAfterTheBrokerSaidThatItIsTheNewest() {
        device.start(new DutyCycle.Always());
        device.announceFederation(4);
        device.broker.restartEmpty();
        device.executor.runAll();
        call(7, 4);
        assertThat(device.coordinator.answers)
                .as("the broker may have a newer model on its way")
                .isEmpty();
        device.coordinator.model(4);
        device.executor.runAll();
        assertThat(device.coordinator.answers).hasSize(1);
    }

    @Test
    void callOfALostConnection_isForgotten_unlessItIsStillRetained() {
        device.start(new DutyCycle.Always());
        device.coordinator.spec(device.coordinator.schema);
        call(7, 0);
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.coordinator.retain(Topics.round(ScriptedCoordinator.FEDERATION), Bytes.empty());
        device.coordinator.model(0);
        reconnectAnew();
        assertThat(device.coordinator.answers).isEmpty();
        call(8, 0);
        assertThat(device.coordinator.answers).hasSize(1);
    }

    @Test
    void trainedWhileTheConnectionWasAway_isSentOnReturn() {
        device.start(new DutyCycle.Always());
        device.announceFederation(0);
        device.coordinator.round(device.coordinator.call(2, RoundKind.TRAIN, 0));
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.executor.runAll();
        assertThat(device.learning.trainings).isEqualTo(1);
        assertThat(device.coordinator.answers).isEmpty();

        reconnectAnew();

        assertThat(device.coordinator.answers)
                .isNotEmpty()
                .allMatch(answer -> answer.round().equals(new RoundId(2, 1)));
        assertThat(device.coordinator.payloads.stream().distinct()).hasSize(1);
        assertThat(device.learning.trainings).isEqualTo(1);
    }

    @Test
    void killedBetweenStoringAndPublishing_sendsItAfterTheRestart_withoutTrainingAgain() {
        device.start(new DutyCycle.Always());
        device.announceFederation(0);
        device.coordinator.round(device.coordinator.call(2, RoundKind.TRAIN, 0));
        device.broker.cut(DeviceFixture.DEVICE.value());
        // Stored, and given to a transport that has no connection: then the process ends.
        device.executor.runAll();
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        device.coordinator.model(1);
        device.coordinator.round(device.coordinator.call(3, RoundKind.TRAIN, 1));

        device.start(new DutyCycle.Always());
        device.broker.mend(DeviceFixture.DEVICE.value());
        device.executor.runAll();

        assertThat(device.coordinator.answers)
                .extracting(answer -> answer.round().number())
                .containsExactly(2L, 3L);
        assertThat(device.learning.trainings).isEqualTo(2);
    }
}
