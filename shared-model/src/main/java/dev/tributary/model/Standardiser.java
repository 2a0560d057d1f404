package dev.tributary.model;

/**
 * The fleet's mean and scale (standard deviation, 1 where constant) of each feature (length D) and, for regression, of
 * each output (length K; empty for classification).
 */
public record Standardiser(Vector featureMean, Vector featureScale, Vector outputMean, Vector outputScale) {
    public Standardiser {
        requirePairs("feature", featureMean, featureScale);
        requirePairs("output", outputMean, outputScale);
    }

    private static void requirePairs(String what, Vector mean, Vector scale) {
        if (mean.length() != scale.length()) {
            throw new IllegalArgumentException(
                    what + "Scale length must be " + mean.length() + ", was " + scale.length());
        }
        if (!mean.isFinite() || !scale.isFinite()) {
            throw new IllegalArgumentException(what + " mean and scale must be finite");
        }
        for (int i = 0; i < scale.length(); i++) {
            if (scale.get(i) <= 0) {
                throw new IllegalArgumentException(what + "Scale[" + i + "] must be > 0, was " + scale.get(i));
            }
        }
    }

    /**
     * The standardised value of raw feature {@code index}: missing (NaN) becomes 0, the rest is clipped at ±{@code clip}.
     */
    public double feature(int index, double raw, double clip) {
        if (Double.isNaN(raw)) {
            return 0;
        }
        double value = (raw - featureMean.get(index)) / featureScale.get(index);
        return Math.max(-clip, Math.min(clip, value));
    }

    /** A raw regression output in units of the fleet's standard deviation. */
    public double output(int index, double raw) {
        return (raw - outputMean.get(index)) / outputScale.get(index);
    }

    /** A standardised regression output back in its real unit. */
    public double rawOutput(int index, double standardised) {
        return standardised * outputScale.get(index) + outputMean.get(index);
    }
}
