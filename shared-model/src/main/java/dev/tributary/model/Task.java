package dev.tributary.model;

/** What a federation predicts. */
public enum Task {
    /** One of K labels; the outputs are the labels. */
    CLASSIFICATION,
    /** K ≥ 1 real values; the outputs are their names. */
    REGRESSION
}
