package dev.tributary.coordinator.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion;
import dev.tributary.coordinator.federation.StoppingCriterion.AnyOf;
import dev.tributary.coordinator.federation.StoppingCriterion.ByteBudget;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.federation.StoppingCriterion.Patience;
import dev.tributary.coordinator.federation.StoppingCriterion.RoundBudget;
import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.federation.StoppingCriterion.Target;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundMachineTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private Instant now = Instant.EPOCH;
    private RoundMachine machine;
    private FederationState state;
    private List<RoundEffect> effects = List.of();

    /**
     * Each row: a plan of goal (0 for all) and minimum with four trainers; what a, b, c and d do in turn (C contributes,
     * D declines, R is rejected, L leaves, - nothing); and how the round stands then, before and at its deadline.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 1, CCCC, committed, ",
        "0, 1, CCC-, open, committed",
        "0, 4, CCC-, open, abandoned",
        "0, 1, CCCD, committed, ",
        "0, 1, CDDR, committed, ",
        "0, 2, CDDR, abandoned, ",
        "0, 1, DDDD, abandoned, ",
        "0, 1, CCCL, committed, ",
        "0, 4, CCCL, open, abandoned",
        "0, 1, LLLL, open, abandoned",
        "0, 1, ----, open, abandoned",
        "0, 1, C---, open, committed",
        "2, 1, CC--, committed, ",
        "2, 1, C---, open, committed",
        "2, 2, C---, open, abandoned",
        "3, 2, CRC-, open, committed",
        "3, 2, CDCL, committed, ",
    })
    void trainRound_answers_closeItAsTheTableSays(
            int goal, int minimum, String answers, String outcome, String atDeadline) {
        begin(goal, minimum, new FixedTrainRounds(5));
        statistics();
        assertThat(open().step()).isEqualTo(Step.TRAIN);
        for (int i = 0; i < 4; i++) {
            if (!(state.stage() instanceof Stage.Open)) {
                break;
            }
            answer(device(i), answers.charAt(i));
        }
        assertThat(outcome()).isEqualTo(outcome);
        if (outcome.equals("open")) {
            now = now.plus(DEADLINE).minusMillis(1);
            on(new RoundEvent.Tick());
            assertThat(outcome()).isEqualTo("open");
            now = now.plusMillis(1);
            on(new RoundEvent.Tick());
            assertThat(outcome()).isEqualTo(atDeadline);
        }
    }

    private String outcome() {
        if (effects.stream().anyMatch(RoundEffect.Commit.class::isInstance)) {
            return "committed";
        }
        return effects.stream().anyMatch(RoundEffect.Abandon.class::isInstance) ? "abandoned" : "open";
    }

    @Test
    void workflow_fixedRounds_goesThroughAllSteps() {
        begin(0, 1, new FixedTrainRounds(2));
        List<Step> steps = new ArrayList<>();
        while (!state.isFinished()) {
            steps.add(open().step());
            commitOpen(OptionalDouble.of(0.5));
        }
        assertThat(steps)
                .containsExactly(Step.STATISTICS, Step.TRAIN, Step.EVALUATE, Step.TRAIN, Step.EVALUATE, Step.COMPARE);
        assertThat(state.roundNumber()).isEqualTo(6);
        assertThat(state.trainRounds()).isEqualTo(2);
        assertThat(effects).anyMatch(RoundEffect.Finish.class::isInstance);
    }

    @Test
    void workflow_patience_stopsWhenNothingImproves() {
        begin(0, 1, new Patience(2, 0.01, 50));
        statistics();
        for (double score : new double[] {0.5, 0.6, 0.605, 0.609}) {
            commitOpen(OptionalDouble.empty());
            commitOpen(OptionalDouble.of(score));
        }
        assertThat(open().step()).isEqualTo(Step.COMPARE);
        assertThat(state.stop().orElseThrow().converged()).isTrue();
        assertThat(state.trainRounds()).isEqualTo(4);
    }

    @Test
    void workflow_patience_endsAtTheMaximumWithoutConverging() {
        begin(0, 1, new Patience(2, 0, 3));
        statistics();
        for (int i = 0; i < 3; i++) {
            commitOpen(OptionalDouble.empty());
            commitOpen(OptionalDouble.of(i));
        }
        assertThat(state.stop().orElseThrow().converged()).isFalse();
    }

    @Test
    void workflow_target_stopsAtTheFirstVersionThatReachesIt() {
        begin(0, 1, new AnyOf(List.of(new Target(Target.Metric.RMSE, 36.5), new RoundBudget(9))));
        statistics();
        for (double rmse : new double[] {40, 36.6, 36.5}) {
            assertThat(open().step()).isEqualTo(Step.TRAIN);
            commitOpen(OptionalDouble.empty());
            contribute();
            on(new RoundEvent.Committed(Set.of(), OptionalDouble.of(-rmse), OptionalDouble.of(rmse)));
        }
        assertThat(open().step()).isEqualTo(Step.COMPARE);
        assertThat(state.stop()).contains(new Stop(true, "the target RMSE of 36.5 is reached: 36.5000"));
    }

    @Test
    void workflow_byteBudget_countsAbandonedRoundsToo() {
        begin(0, 4, new AnyOf(List.of(new FixedTrainRounds(9), new ByteBudget(1000))));
        statistics();
        commitTrain(400);
        commitOpen(OptionalDouble.of(0.5));
        assertThat(state.stop()).isEmpty();
        now = now.plus(DEADLINE);
        on(new RoundEvent.Tick());
        assertThat(open().id().attempt()).isEqualTo(2);
        on(new RoundEvent.Uploaded(300));
        commitTrain(300);
        assertThat(open().step()).isEqualTo(Step.EVALUATE);
        commitOpen(OptionalDouble.of(0.5));
        assertThat(state.stop()).contains(new Stop(false, "the budget of 1000 bytes is used up: devices sent 1000"));
        assertThat(state.trainRounds()).isEqualTo(2);
    }

    @Test
    void resume_finishedByATarget_goesOnOnlyWhenThePlanAsksForMore() {
        begin(0, 1, new AnyOf(List.of(new Target(Target.Metric.ACCURACY, 0.6), new RoundBudget(9))));
        statistics();
        commitOpen(OptionalDouble.empty());
        contribute();
        on(new RoundEvent.Committed(Set.of(), OptionalDouble.of(0.7), OptionalDouble.of(0.7)));
        commitOpen(OptionalDouble.of(0.7));
        assertThat(state.isFinished()).isTrue();
        assertThat(machine.resume(state, 0, now).isFinished()).isTrue();
        RoundPlan more = new RoundPlan(
                OptionalInt.empty(),
                1,
                DEADLINE,
                4,
                new AnyOf(List.of(new Target(Target.Metric.ACCURACY, 0.8), new RoundBudget(9))));
        FederationState resumed = new RoundMachine(more, NonceSource.seeded(1)).resume(state, 0, now);
        assertThat(resumed.isFinished()).isFalse();
        assertThat(resumed.step()).isEqualTo(Step.TRAIN);
    }

    private void commitTrain(long bytes) {
        assertThat(open().step()).isEqualTo(Step.TRAIN);
        contribute();
        on(new RoundEvent.Uploaded(bytes));
        on(new RoundEvent.Committed(Set.of(), OptionalDouble.empty()));
    }

    @Test
    void start_fewerThanAsked_waits() {
        start(new RoundPlan(OptionalInt.empty(), 1, DEADLINE, 3, new FixedTrainRounds(1)));
        online("a", Role.TRAINER);
        online("b", Role.EVALUATOR);
        online("c", Role.TRAINER);
        assertThat(effects).containsExactly(new RoundEffect.Wait(2, 3));
        online("d", Role.TRAINER);
        assertThat(open().selected()).hasSize(3);
    }

    @Test
    void start_earlierRoundSeen_numbersAboveIt() {
        start(new RoundPlan(OptionalInt.empty(), 1, DEADLINE, 1, new FixedTrainRounds(1)));
        on(new RoundEvent.EarlierRoundSeen(41));
        on(new RoundEvent.EarlierRoundSeen(Long.MAX_VALUE));
        online("a", Role.TRAINER);
        assertThat(open().id().number()).isEqualTo(42);
        on(new RoundEvent.EarlierRoundSeen(99));
        assertThat(state.roundNumber()).isEqualTo(42);
    }

    @Test
    void lateJoiner_whoQualifies_isWaitedFor() {
        begin(0, 1, new FixedTrainRounds(1));
        statistics();
        online("late", Role.TRAINER);
        for (int i = 0; i < 4; i++) {
            answer(device(i), 'C');
        }
        assertThat(outcome()).isEqualTo("open");
        answer("late", 'C');
        assertThat(outcome()).isEqualTo("committed");
    }

    @Test
    void evaluators_areSelectedForEvaluationAlone() {
        begin(0, 1, new FixedTrainRounds(1));
        online("new", Role.EVALUATOR);
        assertThat(open().selected()).doesNotContain(new DeviceId("new"));
        statistics();
        assertThat(open().selected()).doesNotContain(new DeviceId("new"));
        commitOpen(OptionalDouble.empty());
        assertThat(open().step()).isEqualTo(Step.EVALUATE);
        assertThat(open().selected()).hasSize(5).contains(new DeviceId("new"));
    }

    @Test
    void outliers_areNotSelectedAgain() {
        begin(0, 1, new FixedTrainRounds(1));
        for (int i = 0; i < 4; i++) {
            answer(device(i), 'C');
        }
        on(new RoundEvent.Committed(Set.of(new DeviceId("b")), OptionalDouble.empty()));
        assertThat(open().selected()).hasSize(3).doesNotContain(new DeviceId("b"));
        commitOpen(OptionalDouble.empty());
        assertThat(open().selected()).hasSize(3);
    }

    @Test
    void abandonedRound_isTriedAgainThreeTimesThenReportedAndTriedAnew() {
        begin(0, 4, new FixedTrainRounds(1));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(open().id().number()).isEqualTo(1);
            assertThat(open().id().attempt()).isEqualTo(attempt);
            now = now.plus(DEADLINE);
            on(new RoundEvent.Tick());
        }
        assertThat(state.stage()).isInstanceOf(Stage.Stalled.class);
        assertThat(effects)
                .filteredOn(RoundEffect.Report.class::isInstance)
                .singleElement()
                .extracting(Object::toString)
                .asString()
                .contains("round 1 (STATISTICS) failed 3 times")
                .contains("0 of 4 contributed");
        now = now.plus(DEADLINE);
        on(new RoundEvent.Tick());
        assertThat(open().id().number()).isEqualTo(2);
        assertThat(open().id().attempt()).isEqualTo(1);
    }

    @Test
    void stalled_deviceComesOnline_triesAtOnce() {
        begin(0, 4, new FixedTrainRounds(1));
        for (int attempt = 1; attempt <= 3; attempt++) {
            now = now.plus(DEADLINE);
            on(new RoundEvent.Tick());
        }
        online("e", Role.TRAINER);
        assertThat(open().id().number()).isEqualTo(2);
    }

    @Test
    void comparisons_thatNobodyMakes_doNotKeepTheFederationFromEnding() {
        begin(0, 1, new FixedTrainRounds(1));
        statistics();
        commitOpen(OptionalDouble.empty());
        commitOpen(OptionalDouble.of(1));
        assertThat(open().step()).isEqualTo(Step.COMPARE);
        for (int attempt = 1; attempt <= 3; attempt++) {
            now = now.plus(DEADLINE);
            on(new RoundEvent.Tick());
        }
        assertThat(state.isFinished()).isTrue();
    }

    @Test
    void commitThatFails_isAnAbandonedRound() {
        begin(0, 1, new FixedTrainRounds(1));
        for (int i = 0; i < 4; i++) {
            answer(device(i), 'C');
        }
        on(new RoundEvent.CommitFailed("weights must be finite"));
        assertThat(outcome()).isEqualTo("abandoned");
        assertThat(open().id().attempt()).isEqualTo(2);
    }

    @Test
    void fleetGone_afterAnAbandonedRound_waitsAndGoesOnWithTheSameRound() {
        begin(0, 1, new FixedTrainRounds(1));
        for (int i = 0; i < 4; i++) {
            answer(device(i), 'L');
        }
        now = now.plus(DEADLINE);
        on(new RoundEvent.Tick());
        assertThat(state.stage()).isEqualTo(new Stage.Waiting(1));
        online("a", Role.TRAINER);
        assertThat(open().id().number()).isEqualTo(1);
        assertThat(open().id().attempt()).isEqualTo(2);
    }

    private static String device(int index) {
        return String.valueOf((char) ('a' + index));
    }

    private void begin(int goal, int minimum, StoppingCriterion stop) {
        OptionalInt optionalGoal = goal == 0 ? OptionalInt.empty() : OptionalInt.of(goal);
        start(new RoundPlan(optionalGoal, minimum, DEADLINE, Math.max(4, minimum), stop));
        for (int i = 0; i < 4; i++) {
            online(device(i), Role.TRAINER);
        }
        assertThat(open().step()).isEqualTo(Step.STATISTICS);
    }

    private void start(RoundPlan plan) {
        machine = new RoundMachine(plan, NonceSource.seeded(1));
        state = machine.initial();
    }

    private void statistics() {
        commitOpen(OptionalDouble.empty());
    }

    private void commitOpen(OptionalDouble score) {
        contribute();
        on(new RoundEvent.Committed(Set.of(), score));
    }

    private void contribute() {
        for (DeviceId device : open().selected()) {
            if (state.stage() instanceof Stage.Open) {
                on(new RoundEvent.Answered(device, Answer.CONTRIBUTED));
            }
        }
    }

    private void online(String device, Role role) {
        on(new RoundEvent.DeviceOnline(new DeviceId(device), role, 10));
    }

    private void answer(String device, char what) {
        DeviceId id = new DeviceId(device);
        switch (what) {
            case 'C' -> on(new RoundEvent.Answered(id, Answer.CONTRIBUTED));
            case 'D' -> on(new RoundEvent.Answered(id, Answer.DECLINED));
            case 'R' -> on(new RoundEvent.Answered(id, Answer.REJECTED));
            case 'L' -> on(new RoundEvent.DeviceAway(id, Status.OFFLINE));
            default -> on(new RoundEvent.Tick());
        }
    }

    private void on(RoundEvent event) {
        Transition transition = machine.apply(state, event, now);
        state = transition.state();
        effects = transition.effects();
    }

    private OpenRound open() {
        return state.openRound().orElseThrow();
    }
}
