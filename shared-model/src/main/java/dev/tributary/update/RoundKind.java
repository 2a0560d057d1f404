package dev.tributary.update;

/** What a round sums. */
public enum RoundKind {
    /** Moments of the raw columns, for the federated standardisation. */
    STATISTICS,
    /** Weight deltas of local training. */
    TRAIN,
    /** Evaluations of the base version. */
    EVALUATE,
    /** Sufficient statistics of a closed-form solution. */
    SOLVE
}
