package dev.tributary.coordinator.round;

import dev.tributary.update.RoundKind;

/** What a federation does next. */
public enum Step {
    /** The first round: the fleet's moments. */
    STATISTICS(RoundKind.STATISTICS),
    /** Local training from the newest version. */
    TRAIN(RoundKind.TRAIN),
    /** The fleet's sums, and the weights that fit them best. */
    SOLVE(RoundKind.SOLVE),
    /** Evaluation of the newest version. */
    EVALUATE(RoundKind.EVALUATE),
    /** The last evaluation, with local-only models and the baseline beside it. */
    COMPARE(RoundKind.EVALUATE);

    private final RoundKind kind;

    Step(RoundKind kind) {
        this.kind = kind;
    }

    /** The kind of round that this step is. */
    public RoundKind kind() {
        return kind;
    }

    /** Whether only trainers take part. */
    public boolean isForTrainers() {
        return this == STATISTICS || this == TRAIN || this == SOLVE;
    }
}
