package dev.tributary.coordinator.federation;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How rounds open and close.
 *
 * @param goal a TRAIN round closes at this many contributors; empty for all that are selected and reachable
 * @param minimum fewer contributors than this do not make a round
 * @param deadline how long a round stays open
 * @param startWhen the federation begins once this many trainers are online
 * @param evaluateEvery a version is evaluated after this many TRAIN rounds, and the last one always
 * @param asynchrony empty for synchronous rounds
 * @param overSelection so many times the goal is selected, ≥ 1
 * @param pace from one round to the next TRAIN round at least; zero for as soon as possible
 */
public record RoundPlan(
        OptionalInt goal,
        int minimum,
        Duration deadline,
        int startWhen,
        StoppingCriterion stoppingCriterion,
        int evaluateEvery,
        Optional<Asynchrony> asynchrony,
        double overSelection,
        Duration pace) {
    /** 6 to 10 % of the devices drop out in practice (Bonawitz et al. 2019). */
    public static final double DEFAULT_OVER_SELECTION = 1.3;

    /**
     * Updates count whichever announcement they answer: a new version is made of every {@code goal} of them.
     *
     * @param maximumStaleness an update counts if at most this many versions were made since the one it was trained from
     */
    public record Asynchrony(int maximumStaleness) {
        public Asynchrony {
            if (maximumStaleness < 0) {
                throw new IllegalArgumentException("maximumStaleness must be >= 0, was " + maximumStaleness);
            }
        }
    }

    public RoundPlan {
        if (minimum < 1) {
            throw new IllegalArgumentException("minimum must be >= 1, was " + minimum);
        }
        if (goal.isPresent() && goal.getAsInt() < minimum) {
            throw new IllegalArgumentException("goal must be >= minimum " + minimum + ", was " + goal.getAsInt());
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline must be > 0, was " + deadline);
        }
        if (startWhen < minimum) {
            throw new IllegalArgumentException("startWhen must be >= minimum " + minimum + ", was " + startWhen);
        }
        if (evaluateEvery < 1) {
            throw new IllegalArgumentException("evaluateEvery must be >= 1, was " + evaluateEvery);
        }
        if (!(overSelection >= 1) || Double.isInfinite(overSelection)) {
            throw new IllegalArgumentException("overSelection must be >= 1, was " + overSelection);
        }
        if (pace.isNegative()) {
            throw new IllegalArgumentException("pace must be >= 0, was " + pace);
        }
        if (asynchrony.isPresent() && goal.isEmpty()) {
            throw new IllegalArgumentException("goal must be a number in asynchronous mode, was all");
        }
    }

    /** Synchronous rounds, an evaluation after each. */
    public RoundPlan(
            OptionalInt goal, int minimum, Duration deadline, int startWhen, StoppingCriterion stoppingCriterion) {
        this(goal, minimum, deadline, startWhen, stoppingCriterion, 1, Optional.empty(), DEFAULT_OVER_SELECTION);
    }

    /** Rounds as soon as possible after each other. */
    public RoundPlan(
            OptionalInt goal,
            int minimum,
            Duration deadline,
            int startWhen,
            StoppingCriterion stoppingCriterion,
            int evaluateEvery,
            Optional<Asynchrony> asynchrony,
            double overSelection) {
        this(
                goal,
                minimum,
                deadline,
                startWhen,
                stoppingCriterion,
                evaluateEvery,
                asynchrony,
                overSelection,
                Duration.ZERO);
    }

    /** The same at another pace, evaluated as often as this. */
    RoundPlan paced(Duration newPace, int newEvaluateEvery) {
        return new RoundPlan(
                goal,
                minimum,
                deadline,
                startWhen,
                stoppingCriterion,
                newEvaluateEvery,
                asynchrony,
                overSelection,
                newPace);
    }

    /** Whether updates count whichever announcement they answer. */
    public boolean isAsynchronous() {
        return asynchrony.isPresent();
    }
}
