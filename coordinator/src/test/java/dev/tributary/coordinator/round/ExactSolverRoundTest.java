package dev.tributary.coordinator.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.Patience;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.model.TrainingPlan.Solver;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.update.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The workflow of a federation that is solved at once. */
class ExactSolverRoundTest {
    private static final List<DeviceId> DEVICES =
            List.of(new DeviceId("a"), new DeviceId("b"), new DeviceId("c"), new DeviceId("d"));

    private RoundMachine machine;
    private FederationState state;
    private List<RoundEffect> effects = List.of();

    private void begin(int minimum) {
        RoundPlan plan =
                new RoundPlan(OptionalInt.empty(), minimum, Duration.ofSeconds(60), 4, new Patience(5, 0.002, 200));
        machine = new RoundMachine(plan, Solver.EXACT, NonceSource.seeded(1));
        state = machine.initial();
        DEVICES.forEach(device -> on(new RoundEvent.DeviceOnline(device, Role.TRAINER, 10)));
    }

    private void on(RoundEvent event) {
        Transition transition = machine.apply(state, event, Instant.EPOCH);
        state = transition.state();
        effects = transition.effects();
    }

    private void commit(OptionalDouble score) {
        DEVICES.forEach(device -> on(new RoundEvent.Answered(device, Answer.CONTRIBUTED)));
        on(new RoundEvent.Committed(Set.of(), score));
    }

    private OpenRound open() {
        return state.openRound().orElseThrow();
    }

    @Test
    void exactSolver_statisticsThenSolveThenComparisons_andNothingElse() {
        begin(2);
        commit(OptionalDouble.empty());
        assertThat(open().step()).isEqualTo(Step.SOLVE);
        commit(OptionalDouble.empty());
        assertThat(open().step()).isEqualTo(Step.COMPARE);
        assertThat(state.stop().orElseThrow().converged()).isTrue();
        commit(OptionalDouble.of(-0.5));
        assertThat(state.isFinished()).isTrue();
        assertThat(state.trainRounds()).isEqualTo(1);
        assertThat(machine.resume(state, 0, Instant.EPOCH).isFinished()).isTrue();
    }

    @Test
    void exactSolver_tooFewSums_isTriedAgainAndSaysSo() {
        begin(3);
        commit(OptionalDouble.empty());
        on(new RoundEvent.Answered(DEVICES.get(0), Answer.CONTRIBUTED));
        DEVICES.subList(1, 4).forEach(device -> on(new RoundEvent.Answered(device, Answer.DECLINED)));
        assertThat(effects.get(0)).isInstanceOf(RoundEffect.Abandon.class);
        assertThat(open().step()).isEqualTo(Step.SOLVE);
        assertThat(open().id().attempt()).isEqualTo(2);
    }
}
