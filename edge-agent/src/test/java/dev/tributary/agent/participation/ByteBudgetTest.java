package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.GlobalModel;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.ByteBudget;
import dev.tributary.protocol.DeviceMetrics;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Receipt;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportListener;
import dev.tributary.update.Decline;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(10);
    private static final Duration WORD = Duration.ofHours(6);

    private final DeviceFixture device = new DeviceFixture();
    private final ScriptedCoordinator coordinator = device.coordinator;

    @Test
    void spent_declinesWithTheReason_andContributesAgainADayLater() {
        device.start(new DutyCycle.Always());
        federation(1_500, false);
        int rounds = 0;
        while (rounds < 20 && lastIsUpdate(++rounds)) {
            settle(rounds);
        }
        assertThat(rounds).isBetween(3, 15);
        assertThat(coordinator.answers.get(rounds - 1))
                .isInstanceOfSatisfying(
                        Decline.class, decline -> assertThat(decline.reason()).isEqualTo(Decline.Reason.OVER_BUDGET));
        device.executor.pass(Duration.ofHours(26));
        assertThat(lastIsUpdate(rounds + 1)).isTrue();
    }

    @Test
    void spent_inThisProcess_isSpentInTheNext() {
        DeviceSession session = device.start(new DutyCycle.Always());
        federation(1_500, false);
        int rounds = 0;
        while (rounds < 20 && lastIsUpdate(++rounds)) {
            settle(rounds);
        }
        session.close();
        device.start(new DutyCycle.Always());
        assertThat(lastIsUpdate(rounds + 1)).isFalse();
    }

    @Test
    void modelsWhenCalled_hearsOfAModelOnlyThen() {
        device.start(new DutyCycle.Always());
        federation(1_000_000, true);
        for (int version = 1; version <= 5; version++) {
            coordinator.model(version);
            device.executor.runAll();
        }
        assertThat(versions()).isEmpty();
        coordinator.round(coordinator.call(1, RoundKind.TRAIN, 5));
        device.executor.runAll();
        assertThat(versions()).containsExactly(5L);
        assertThat(coordinator.answers).hasSize(1).first().isInstanceOf(Update.class);
        settle(1);
        coordinator.model(6);
        device.executor.runAll();
        assertThat(versions()).containsExactly(5L);
    }

    @Test
    void budget_asksForALongerKeepAlive_connectsAnewOnce() {
        device.start(new DutyCycle.Always());
        assertThat(device.keepAlives).containsExactly(Optional.empty());
        federation(1_000_000, false);
        assertThat(lastIsUpdate(1)).isTrue();
        settle(1);
        assertThat(device.keepAlives).containsExactly(Optional.empty(), Optional.of(KEEP_ALIVE));
        assertThat(lastIsUpdate(2)).isTrue();
    }

    @Test
    void budget_tellsItsTrafficNowAndThen() {
        List<DeviceMetrics> told = new ArrayList<>();
        Transport listener = device.broker.transport("coordinator-other-0", Optional.empty());
        listener.subscribe(Topics.metricsFilter());
        listener.start(new TransportListener() {
            @Override
            public void onMessage(Delivery delivery) {
                told.add(WireMapper.decodeMetrics(
                        Topics.parseMetrics(delivery.topic()).orElseThrow(), delivery.payload()));
                delivery.acknowledge();
            }
        });
        device.start(new DutyCycle.Always());
        federation(1_000_000, false);
        assertThat(lastIsUpdate(1)).isTrue();
        device.executor.pass(WORD.multipliedBy(2));
        assertThat(told).hasSize(2);
        assertThat(told.get(0).device()).isEqualTo(DeviceFixture.DEVICE);
        assertThat(told.get(0).sentBytes()).isPositive();
        assertThat(told.get(1).sentBytes()).isGreaterThan(told.get(0).sentBytes());
        assertThat(told.get(1).receivedBytes()).isPositive();
    }

    private void federation(long bytesPerDay, boolean modelsWhenCalled) {
        TrainingPlan plan =
                new TrainingPlan(1, 1, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.SQUARED, 5, 2);
        FederationSpec spec = new FederationSpec(
                        ScriptedCoordinator.FEDERATION, coordinator.schema, plan, OptionalInt.empty(), 1)
                .withBudget(new ByteBudget(bytesPerDay, KEEP_ALIVE, WORD, modelsWhenCalled));
        coordinator.retain(Topics.spec(ScriptedCoordinator.FEDERATION), WireMapper.encode(spec));
        device.executor.runAll();
        coordinator.model(0);
        device.executor.runAll();
    }

    /** Whether the device contributes to this round, rather than decline it. */
    private boolean lastIsUpdate(int round) {
        coordinator.round(coordinator.call(round, RoundKind.TRAIN, 0));
        device.executor.runAll();
        return coordinator.answers.get(coordinator.answers.size() - 1) instanceof Update;
    }

    private void settle(int round) {
        coordinator.receipt(
                DeviceFixture.DEVICE,
                coordinator.call(round, RoundKind.TRAIN, 0).round(),
                Receipt.Code.ACCEPTED);
        device.executor.runAll();
    }

    private List<Long> versions() {
        return device.models.stream().map(GlobalModel::version).toList();
    }
}
