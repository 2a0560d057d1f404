package dev.tributary.coordinator.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.RoundPlan.Asynchrony;
import dev.tributary.coordinator.federation.StoppingCriterion;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.federation.StoppingCriterion.Patience;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workflow in asynchronous mode. */
class AsynchronousRoundTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private Instant now = Instant.EPOCH;
    private RoundMachine machine;
    private FederationState state;
    private List<RoundEffect> effects = List.of();

    /**
     * Each row: a plan of goal and minimum with four trainers; what a, b, c and d do in turn (C contributes to the open
     * round, B sends an update to an earlier one, D declines, R is rejected, L leaves, - nothing); how the round stands
     * then, before and at its deadline; and how many updates wait after that.
     */
    @ParameterizedTest
    @CsvSource({
        "2, 1, CC--, committed, , 0",
        "2, 1, BB--, committed, , 0",
        "2, 1, CB--, committed, , 0",
        "3, 1, CBC-, committed, , 0",
        "3, 1, CB--, open, committed, 0",
        "4, 1, CCCB, committed, , 0",
        "4, 1, CCDR, committed, , 0",
        "4, 1, CCLL, committed, , 0",
        "4, 3, CBDL, open, abandoned, 2",
        "4, 2, CRRR, abandoned, , 1",
        "4, 1, LLLL, open, abandoned, 0",
        "4, 2, BLLL, open, abandoned, 1",
        "4, 1, BLLL, open, committed, 0",
        "4, 1, DDDD, abandoned, , 0",
    })
    void trainRound_updates_closeItAsTheTableSays(
            int goal, int minimum, String answers, String outcome, String atDeadline, int waiting) {
        begin(goal, minimum, 100, new FixedTrainRounds(5));
        closeOpen(OptionalDouble.empty());
        assertThat(open().step()).isEqualTo(Step.TRAIN);
        assertThat(open().share()).as("everybody is called").isEqualTo(1);
        for (int i = 0; i < 4 && state.stage() instanceof Stage.Open; i++) {
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
        if (state.stage() instanceof Stage.Committing) {
            on(new RoundEvent.Committed(Set.of(), OptionalDouble.empty()));
        }
        assertThat(state.buffered()).isEqualTo(waiting);
    }

    @Test
    void workflow_evaluatesEveryThirdVersionAndTheLast() {
        begin(4, 1, 3, new FixedTrainRounds(7));
        List<Step> steps = new ArrayList<>();
        while (!state.isFinished()) {
            steps.add(open().step());
            closeOpen(OptionalDouble.of(0.5));
        }
        assertThat(steps)
                .containsExactly(
                        Step.STATISTICS,
                        Step.TRAIN,
                        Step.TRAIN,
                        Step.TRAIN,
                        Step.EVALUATE,
                        Step.TRAIN,
                        Step.TRAIN,
                        Step.TRAIN,
                        Step.EVALUATE,
                        Step.TRAIN,
                        Step.EVALUATE,
                        Step.COMPARE);
    }

    @Test
    void updates_whileAnEvaluationIsOpen_waitAndMakeTheNextVersionAtOnce() {
        begin(2, 1, 1, new FixedTrainRounds(5));
        closeOpen(OptionalDouble.empty());
        closeOpen(OptionalDouble.empty());
        assertThat(open().step()).isEqualTo(Step.EVALUATE);
        on(new RoundEvent.Buffered(new DeviceId("c")));
        on(new RoundEvent.Buffered(new DeviceId("d")));
        assertThat(state.buffered()).isEqualTo(2);
        closeOpen(OptionalDouble.of(0.5));
        assertThat(open().step()).isEqualTo(Step.TRAIN);
        on(new RoundEvent.Tick());
        assertThat(state.stage()).isInstanceOf(Stage.Committing.class);
    }

    @Test
    void evaluation_doesNotWaitForADeviceThatWasNotHeardOfSinceTheOneBefore() {
        begin(2, 1, 1, new FixedTrainRounds(5));
        closeOpen(OptionalDouble.empty());
        trainedBy("a", "b");
        assertThat(open().awaited()).as("the first waits for all").hasSize(4);
        answer("a", 'C');
        answer("b", 'C');
        answer("c", 'C');
        now = now.plus(DEADLINE);
        on(new RoundEvent.Tick());
        on(new RoundEvent.Committed(Set.of(), OptionalDouble.of(0.5)));
        trainedBy("a", "b");
        assertThat(open().step()).isEqualTo(Step.EVALUATE);
        assertThat(open().selected()).hasSize(4);
        assertThat(open().awaited()).containsExactlyInAnyOrder(id("a"), id("b"), id("c"));
        answer("a", 'C');
        answer("b", 'C');
        answer("c", 'C');
        on(new RoundEvent.Committed(Set.of(), OptionalDouble.of(0.5)));
        on(new RoundEvent.Buffered(id("d")));
        trainedBy("a");
        assertThat(open().awaited()).as("d has come back").contains(id("d"));
    }

    @Test
    void comparison_waitsForAll() {
        begin(2, 1, 1, new FixedTrainRounds(2));
        closeOpen(OptionalDouble.empty());
        trainedBy("a", "b");
        answer("a", 'C');
        now = now.plus(DEADLINE);
        on(new RoundEvent.Tick());
        on(new RoundEvent.Committed(Set.of(), OptionalDouble.of(0.5)));
        trainedBy("a", "b");
        assertThat(machine.isEnding(state)).isTrue();
        closeOpen(OptionalDouble.of(0.5));
        assertThat(open().step()).isEqualTo(Step.COMPARE);
        assertThat(open().awaited()).hasSize(4);
    }

    @Test
    void isEnding_whenNoFurtherVersionWillBeMade() {
        begin(2, 1, 1, new FixedTrainRounds(2));
        assertThat(machine.isEnding(state)).isFalse();
        closeOpen(OptionalDouble.empty());
        trainedBy("a", "b");
        assertThat(machine.isEnding(state)).as("one version of two").isFalse();
        closeOpen(OptionalDouble.of(0.5));
        assertThat(machine.isEnding(state)).isFalse();
        trainedBy("a", "b");
        assertThat(machine.isEnding(state)).as("the last evaluation").isTrue();
        closeOpen(OptionalDouble.of(0.5));
        assertThat(machine.isEnding(state)).as("comparing").isTrue();
        closeOpen(OptionalDouble.empty());
        assertThat(machine.isEnding(state)).as("finished").isTrue();
    }

    @Test
    void patience_countsEvaluationsAndNotVersions() {
        begin(2, 1, 3, new Patience(2, 0.01, 50));
        while (state.stop().isEmpty()) {
            closeOpen(OptionalDouble.of(0.5));
        }
        assertThat(state.trainRounds()).isEqualTo(9);
    }

    @Test
    void bufferLost_abandonsATrainRoundAndNoOther() {
        begin(3, 1, 1, new FixedTrainRounds(5));
        closeOpen(OptionalDouble.empty());
        answer("a", 'C');
        on(new RoundEvent.BufferLost("the disk is gone"));
        assertThat(outcome()).isEqualTo("abandoned");
        assertThat(state.buffered()).isZero();
        trainedBy("a", "b", "c");
        on(new RoundEvent.Buffered(id("d")));
        on(new RoundEvent.BufferLost("the disk is gone again"));
        assertThat(open().step()).isEqualTo(Step.EVALUATE);
        assertThat(state.buffered()).isZero();
    }

    @Test
    void commitThatFails_orAnotherModel_leavesNothingWaiting() {
        begin(2, 1, 1, new FixedTrainRounds(5));
        closeOpen(OptionalDouble.empty());
        answer("a", 'C');
        answer("b", 'C');
        on(new RoundEvent.CommitFailed("weights must be finite"));
        assertThat(outcome()).isEqualTo("abandoned");
        assertThat(state.buffered()).isZero();
        answer("a", 'C');
        on(new RoundEvent.ModelReplaced("rolled back"));
        assertThat(state.buffered()).isZero();
        assertThat(open().step()).isEqualTo(Step.EVALUATE);
    }

    @Test
    void sameDeviceTwiceInOneRound_countsOnce() {
        begin(2, 1, 1, new FixedTrainRounds(5));
        closeOpen(OptionalDouble.empty());
        answer("a", 'C');
        answer("a", 'C');
        assertThat(state.buffered()).isEqualTo(1);
    }

    @Test
    void resume_takesUpTheUpdatesThatWait() {
        begin(3, 1, 1, new FixedTrainRounds(5));
        closeOpen(OptionalDouble.empty());
        answer("a", 'C');
        state = machine.resume(state.buffering(0), 2, now);
        assertThat(state.buffered()).isEqualTo(2);
        answer("b", 'C');
        assertThat(outcome()).isEqualTo("committed");
    }

    private String outcome() {
        if (effects.stream().anyMatch(RoundEffect.Commit.class::isInstance)) {
            return "committed";
        }
        return effects.stream().anyMatch(RoundEffect.Abandon.class::isInstance) ? "abandoned" : "open";
    }

    private void begin(int goal, int minimum, int evaluateEvery, StoppingCriterion stop) {
        RoundPlan plan = new RoundPlan(
                OptionalInt.of(goal),
                minimum,
                DEADLINE,
                4,
                stop,
                evaluateEvery,
                Optional.of(new Asynchrony(20)),
                RoundPlan.DEFAULT_OVER_SELECTION);
        machine = new RoundMachine(plan, NonceSource.seeded(1));
        state = machine.initial();
        for (int i = 0; i < 4; i++) {
            on(new RoundEvent.DeviceOnline(id(device(i)), Role.TRAINER, 10));
        }
        assertThat(open().step()).isEqualTo(Step.STATISTICS);
    }

    /** Everybody who is selected answers until the round closes, and what it gave is committed. */
    private void closeOpen(OptionalDouble score) {
        for (DeviceId device : open().selected()) {
            if (state.stage() instanceof Stage.Open) {
                on(new RoundEvent.Answered(device, Answer.CONTRIBUTED));
            }
        }
        on(new RoundEvent.Committed(Set.of(), score));
    }

    private void trainedBy(String... devices) {
        assertThat(open().step()).isEqualTo(Step.TRAIN);
        for (String device : devices) {
            answer(device, 'C');
        }
        on(new RoundEvent.Committed(Set.of(), OptionalDouble.empty()));
    }

    private void answer(String device, char what) {
        switch (what) {
            case 'C' -> on(new RoundEvent.Answered(id(device), Answer.CONTRIBUTED));
            case 'B' -> on(new RoundEvent.Buffered(id(device)));
            case 'D' -> on(new RoundEvent.Answered(id(device), Answer.DECLINED));
            case 'R' -> on(new RoundEvent.Answered(id(device), Answer.REJECTED));
            case 'L' -> on(new RoundEvent.DeviceAway(id(device), Status.OFFLINE));
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

    private static DeviceId id(String device) {
        return new DeviceId(device);
    }

    private static String device(int index) {
        return String.valueOf((char) ('a' + index));
    }
}
