package dev.tributary.update;

import dev.tributary.model.Bytes;

/** One coded vector of an update; its length is the model's, never the message's. */
public record EncodedVector(Role role, int encoding, Bytes bytes) {
    /** What the vector holds. */
    public enum Role {
        /** {@code local − global}, in the round's encoding. */
        DELTA,
        /** {@link dev.tributary.model.Moments}, float64. */
        MOMENTS,
        /** {@link dev.tributary.model.Evaluation} of the base version on the device's own test part, float64. */
        OWN,
        /** The same on all rows of a device that contributes to no statistics and no training. */
        NEW,
        /** The same of the device's own model, trained alone, on its test part. */
        LOCAL_ONLY,
        /** The same of the majority class or the mean, on the test part. */
        BASELINE,
        /** The same of the model that the device chose for itself: the base version, or one fine-tuned from it. */
        PERSONAL,
        /** {@link dev.tributary.learning.SufficientStatistics} of the device's train part, float64. */
        SUFFICIENT_STATISTICS
    }
}
