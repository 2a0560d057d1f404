package dev.tributary.coordinator.admission;

/**
 * Caps on what one device can claim.
 *
 * @param maxDeltaNorm Euclidean
 */
public record AdmissionLimits(long maxExampleCount, double maxDeltaNorm) {
    /** Ten million examples, and a norm of a million: generous, against nonsense alone. */
    public static final AdmissionLimits DEFAULT = new AdmissionLimits(10_000_000, 1e6);

    public AdmissionLimits {
        if (maxExampleCount < 1) {
            throw new IllegalArgumentException("maxExampleCount must be > 0, was " + maxExampleCount);
        }
        if (!(maxDeltaNorm > 0)) {
            throw new IllegalArgumentException("maxDeltaNorm must be > 0, was " + maxDeltaNorm);
        }
    }
}
