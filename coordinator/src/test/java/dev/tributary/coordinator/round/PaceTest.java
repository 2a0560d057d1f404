package dev.tributary.coordinator.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.coordinator.store.Workflow;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.update.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration PACE = Duration.ofHours(1);
    private static final DeviceId DEVICE = new DeviceId("a");

    private final RoundMachine machine = new RoundMachine(
            new RoundPlan(
                    OptionalInt.empty(),
                    1,
                    Duration.ofMinutes(1),
                    1,
                    new FixedTrainRounds(3),
                    1,
                    Optional.empty(),
                    1,
                    PACE),
            NonceSource.seeded(1));
    private FederationState state = machine.initial();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void trainRounds_keepThePace_andNothingElseWaits() {
        on(new RoundEvent.DeviceOnline(DEVICE, Role.TRAINER, 10));
        commit(Step.STATISTICS);
        commit(Step.TRAIN);
        now = now.plusSeconds(20);
        Instant evaluated = now;
        commit(Step.EVALUATE);
        assertThat(state.stage())
                .isEqualTo(new Stage.Resting(evaluated.plus(PACE).minusSeconds(20)));
    }

    @Test
    void resting_devicesComeAndTimePasses_opensWhenItIsTime() {
        on(new RoundEvent.DeviceOnline(DEVICE, Role.TRAINER, 10));
        commit(Step.STATISTICS);
        commit(Step.TRAIN);
        commit(Step.EVALUATE);
        now = now.plus(PACE).minusSeconds(1);
        on(new RoundEvent.DeviceOnline(new DeviceId("b"), Role.TRAINER, 10));
        on(new RoundEvent.Tick());
        assertThat(state.openRound()).isEmpty();
        state = machine.resume(Workflow.of(state).toState(state.fleet(), Optional.empty()), 0, now);
        assertThat(state.openRound()).isEmpty();
        now = now.plusSeconds(1);
        on(new RoundEvent.Tick());
        assertThat(state.openRound().orElseThrow().step()).isEqualTo(Step.TRAIN);
    }

    private void commit(Step expected) {
        OpenRound round = state.openRound().orElseThrow();
        assertThat(round.step()).isEqualTo(expected);
        on(new RoundEvent.Answered(DEVICE, Answer.CONTRIBUTED));
        on(new RoundEvent.Committed(Set.of(), OptionalDouble.empty()));
    }

    private void on(RoundEvent event) {
        state = machine.apply(state, event, now).state();
    }
}
