package dev.tributary.coordinator.federation;

import dev.tributary.config.Section;
import dev.tributary.coordinator.federation.RoundPlan.Asynchrony;
import dev.tributary.model.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads how rounds open and close, and when there are enough of them. */
final class RoundsSection {
    private static final int MAX_ROUNDS = 1_000_000;
    private static final int MAX_DEVICES = 1_000_000;
    private static final int MAXIMUM_STALENESS = 20;
    private static final int EVALUATE_EVERY = 10;

    private final Section rounds;
    private final int neededContributors;
    private final StopSection stop;

    /** What the aggregation needs is the minimum where the file says nothing, as far as there are devices for it. */
    RoundsSection(Section rounds, int neededContributors, Task task, int outputs) {
        this.rounds = rounds;
        this.stop = new StopSection(rounds.section("stop"), task, outputs);
        this.neededContributors = neededContributors;
    }

    /** Whether rounds follow each other, or updates count whichever announcement they answer. */
    private enum Mode {
        SYNCHRONOUS,
        ASYNCHRONOUS
    }

    /** The plan; empty when something is wrong with it, which the section then knows. */
    Optional<RoundPlan> read() {
        boolean isAsynchronous = rounds.choice("mode", Mode.class, Mode.SYNCHRONOUS) == Mode.ASYNCHRONOUS;
        int maximumStaleness = (int) rounds.integer("maximumStaleness", MAXIMUM_STALENESS, 0, MAX_ROUNDS);
        double overSelection = rounds.number("overSelection", RoundPlan.DEFAULT_OVER_SELECTION, 1, 1_000);
        int evaluateEvery = (int) rounds.integer("evaluateEvery", isAsynchronous ? EVALUATE_EVERY : 1, 1, MAX_ROUNDS);
        OptionalInt goal = readGoal(rounds);
        int saidStart = (int) rounds.integer("startWhen", 0, 1, MAX_DEVICES);
        int enough = Math.min(neededContributors, goal.orElse(MAX_DEVICES));
        int minimum =
                (int) rounds.integer("minimum", saidStart == 0 ? enough : Math.min(enough, saidStart), 1, MAX_DEVICES);
        int startWhen = saidStart == 0 ? Math.max(minimum, goal.orElse(1)) : saidStart;
        Duration deadline = rounds.duration("deadline", Duration.ofSeconds(60));
        Duration pace = rounds.duration("every", Duration.ZERO);
        boolean isSound = true;
        if (goal.isPresent() && goal.getAsInt() < minimum) {
            rounds.problem("goal", "must be >= minimum " + minimum + ", was " + goal.getAsInt());
            isSound = false;
        }
        if (startWhen < minimum) {
            rounds.problem("startWhen", "must be >= minimum " + minimum + ", was " + startWhen);
            isSound = false;
        }
        if (deadline.isZero() || deadline.isNegative() || deadline.compareTo(Duration.ofDays(30)) > 0) {
            rounds.problem("deadline", "must be > 0s and at most 30d, was " + deadline.toMillis() + "ms");
            isSound = false;
        }
        if (pace.isNegative() || pace.compareTo(Duration.ofDays(30)) > 0) {
            rounds.problem("every", "must be >= 0s and at most 30d, was " + pace.toMillis() + "ms");
            isSound = false;
        } else if (isAsynchronous && !pace.isZero()) {
            rounds.problem("every", "must not be there in asynchronous mode, where versions come as devices answer");
            isSound = false;
        }
        if (isAsynchronous && goal.isEmpty()) {
            rounds.problem("goal", "must be a number in asynchronous mode: a version is made of so many updates");
            isSound = false;
        } else if (isAsynchronous && rounds.has("overSelection")) {
            rounds.problem("overSelection", "must not be there in asynchronous mode, which calls all devices");
            isSound = false;
        } else if (!isAsynchronous && rounds.has("maximumStaleness")) {
            rounds.problem("maximumStaleness", "must not be there without mode: asynchronous");
            isSound = false;
        }
        Optional<Asynchrony> asynchrony =
                isAsynchronous ? Optional.of(new Asynchrony(maximumStaleness)) : Optional.empty();
        StoppingCriterion criterion = stop.read();
        return isSound
                ? Optional.of(new RoundPlan(
                        goal, minimum, deadline, startWhen, criterion, evaluateEvery, asynchrony, overSelection, pace))
                : Optional.empty();
    }

    private static OptionalInt readGoal(Section rounds) {
        return rounds.has("goal") && !rounds.text("goal").equals("all")
                ? OptionalInt.of((int) rounds.integer("goal", 1, MAX_DEVICES))
                : OptionalInt.empty();
    }
}
