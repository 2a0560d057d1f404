package dev.tributary.model;

/** One committed version of a federation's model; versions count from 0, the initial model. */
public record GlobalModel(long version, ModelSchema schema, Weights weights) {
    public GlobalModel {
        if (version < 0) {
            throw new IllegalArgumentException("version must be >= 0, was " + version);
        }
        if (!weights.values().isFinite()) {
            throw new IllegalArgumentException("weights must be finite");
        }
    }
}
