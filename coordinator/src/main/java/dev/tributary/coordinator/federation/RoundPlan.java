package dev.tributary.coordinator.federation;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How rounds open and close.
 *
 * @param goal a TRAIN round closes at this many contributors; empty for all that are selected and reachable
 * @param minimum fewer contributors than this do not make a round
 * @param deadline how long a round stays open
 * @param startWhen the federation begins once this many trainers are online
 */
public record RoundPlan(
        OptionalInt goal, int minimum, Duration deadline, int startWhen, StoppingCriterion stoppingCriterion) {
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
    }
}
