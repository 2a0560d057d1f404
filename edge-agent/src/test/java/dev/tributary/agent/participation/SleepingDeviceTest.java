package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A device that is connected now and then; ten minutes of sleep, and awake for five seconds after the last thing. */
class SleepingDeviceTest {
    private static final Duration SLEEP = Duration.ofMinutes(10);
    private static final Duration AWAKE = Duration.ofSeconds(5);
    private static final DutyCycle CYCLE = new DutyCycle.Sleeps(SLEEP, AWAKE);

    private final DeviceFixture device = new DeviceFixture();

    private void ask(long number) {
        device.coordinator.round(device.coordinator.call(number, RoundKind.TRAIN, 0));
        device.executor.runAll();
    }

    private void accept(long number) {
        device.coordinator.receipt(DeviceFixture.DEVICE, new RoundId(number, 1), Receipt.Code.ACCEPTED);
        device.executor.runAll();
    }

    @Test
    void nothingToDo_sleepsAndSaysUntilWhen_thenReturns() {
        DeviceSession session = device.start(CYCLE);
        device.announceFederation(0);
        device.executor.pass(Duration.ofSeconds(4));
        assertThat(session.isAsleep()).isFalse();

        device.executor.pass(Duration.ofSeconds(3));

        assertThat(session.isAsleep()).isTrue();
        assertThat(session.isConnected()).isFalse();
        assertThat(device.presence().status()).isEqualTo(Presence.Status.SLEEPING);
        assertThat(device.presence().returnsAfter()).contains(SLEEP);
        assertThat(device.presence().memberships()).hasSize(1);

        device.executor.pass(SLEEP);

        assertThat(session.isAsleep()).isFalse();
        assertThat(device.presence().status()).isEqualTo(Presence.Status.ONLINE);
        assertThat(device.presence().returnsAfter()).isEmpty();
        assertThat(device.connections).isEqualTo(2);
    }

    @Test
    void openCall_isAnswered_andItsReceiptAwaited_beforeItSleeps() {
        DeviceSession session = device.start(CYCLE);
        device.announceFederation(0);
        ask(2);
        assertThat(device.coordinator.answers).hasSize(1);
        device.executor.pass(Duration.ofSeconds(30));
        assertThat(session.isAsleep()).as("while the receipt is awaited").isFalse();

        accept(2);
        device.executor.pass(Duration.ofSeconds(7));

        assertThat(session.isAsleep()).isTrue();
    }

    @Test
    void noReceipt_sleepsAfterAMinute_andSendsTheSameBytesOnItsReturn() {
        DeviceSession session = device.start(CYCLE);
        device.announceFederation(0);
        ask(2);
        device.executor.pass(Sleeper.PATIENCE.plusSeconds(2));
        assertThat(session.isAsleep()).isTrue();

        device.executor.pass(SLEEP);

        assertThat(device.coordinator.payloads).hasSizeGreaterThanOrEqualTo(2);
        assertThat(device.coordinator.payloads).containsOnly(device.coordinator.payloads.get(0));
        assertThat(device.learning.trainings).isEqualTo(1);
    }

    @Test
    void manyVersionsWhileAsleep_takesPartInTheNewestRoundAlone() {
        DeviceSession session = device.start(CYCLE);
        device.announceFederation(0);
        device.executor.pass(Duration.ofSeconds(7));
        assertThat(session.isAsleep()).isTrue();
        for (int version = 1; version <= 100; version++) {
            device.coordinator.model(version);
            device.coordinator.round(device.coordinator.call(version + 1, RoundKind.TRAIN, version));
        }
        device.broker.cut(DeviceFixture.DEVICE.value());
        device.broker.dropSession(DeviceFixture.DEVICE.value());
        device.broker.mend(DeviceFixture.DEVICE.value());

        device.executor.pass(SLEEP.plusSeconds(1));

        assertThat(device.coordinator.answers).hasSize(1);
        assertThat(device.coordinator.answers.get(0).round()).isEqualTo(new RoundId(101, 1));
    }

    @Test
    void coordinatorAsksForLater_sleepsThatLong() {
        device.start(CYCLE);
        device.announceFederation(0);
        device.coordinator.round(device.coordinator.callWithComeBack(2, Duration.ofHours(1)));
        device.executor.runAll();
        accept(2);
        device.executor.pass(Duration.ofSeconds(10));
        assertThat(device.sleeps).hasSize(1);
        assertThat(device.sleeps.get(0)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(device.presence().returnsAfter()).contains(device.sleeps.get(0));
    }

    @Test
    void coordinatorAsksForSooner_sleepsAsItIsSet() {
        device.start(CYCLE);
        device.announceFederation(0);
        device.coordinator.round(device.coordinator.callWithComeBack(2, Duration.ofSeconds(30)));
        device.executor.runAll();
        accept(2);
        device.executor.pass(Duration.ofSeconds(10));
        assertThat(device.sleeps).containsExactly(SLEEP);
    }

    @Test
    void brokerAway_sleepsAfterAMinute_andTriesAgain() {
        device.broker.cut(DeviceFixture.DEVICE.value());
        DeviceSession session = device.start(CYCLE);
        device.executor.pass(Sleeper.PATIENCE.plusSeconds(2));
        assertThat(session.isAsleep()).isTrue();
        device.broker.mend(DeviceFixture.DEVICE.value());
        device.executor.pass(SLEEP);
        assertThat(device.presence().status()).isEqualTo(Presence.Status.ONLINE);
    }

    @Test
    void close_whileAsleep_staysAway() {
        DeviceSession session = device.start(CYCLE);
        device.executor.pass(Duration.ofSeconds(7));
        assertThat(session.isAsleep()).isTrue();
        session.close();
        device.executor.pass(SLEEP.multipliedBy(3));
        assertThat(device.connections).isEqualTo(1);
        assertThat(device.broker.isConnected(DeviceFixture.DEVICE.value())).isFalse();
    }

    @Test
    void cycles_many_leaveNoTimersBehind() {
        device.start(CYCLE);
        device.announceFederation(0);
        for (int i = 0; i < 200; i++) {
            device.executor.pass(SLEEP);
        }
        assertThat(device.connections).isGreaterThan(100);
        assertThat(device.executor.timers()).isEqualTo(1);
    }
}
