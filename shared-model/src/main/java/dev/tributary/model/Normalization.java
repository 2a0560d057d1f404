package dev.tributary.model;

/** Whose mean and scale a feature is standardised by; regression outputs always have the fleet's. */
public enum Normalization {
    /** The fleet's. */
    GLOBAL,
    /** Each device's own, over the rows that it learns from. */
    DEVICE,
    /** None: mean 0 and scale 1. */
    NONE
}
