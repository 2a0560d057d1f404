package dev.tributary.learning;

import dev.tributary.model.Vector;

/**
 * The sums over examples that a least-squares fit needs, and nothing else of them: Σ x·xᵀ, whose upper triangle is kept
 * row by row, Σ x·yᵀ, (D+1) × K by rows, and Σ y², K values; x is a row's D standardised features and a 1 for the bias.
 *
 * @param columns D + 1
 * @param outputs K
 * @param sums all of them, in this order
 */
public record SufficientStatistics(int columns, int outputs, Vector sums) {
    public SufficientStatistics {
        if (sums.length() != length(columns - 1, outputs)) {
            throw new IllegalArgumentException(
                    "sums length must be " + length(columns - 1, outputs) + ", was " + sums.length());
        }
    }

    /** How many sums there are for D features and K outputs. */
    public static int length(int features, int outputs) {
        long columns = features + 1L;
        return Math.toIntExact(columns * (columns + 1) / 2 + columns * outputs + outputs);
    }

    /** The sums over these examples of a regression, in float64. */
    public static SufficientStatistics of(Examples examples) {
        int columns = examples.featureCount() + 1;
        int outputs = examples.targetCount();
        double[] sums = new double[length(columns - 1, outputs)];
        double[] x = new double[columns];
        x[columns - 1] = 1;
        for (int i = 0; i < examples.count(); i++) {
            examples.copyFeatures(i, x);
            int at = 0;
            for (int row = 0; row < columns; row++) {
                for (int column = row; column < columns; column++) {
                    sums[at++] += x[row] * x[column];
                }
            }
            for (int row = 0; row < columns; row++) {
                for (int k = 0; k < outputs; k++) {
                    sums[at++] += x[row] * examples.target(i, k);
                }
            }
            for (int k = 0; k < outputs; k++) {
                sums[at++] += (double) examples.target(i, k) * examples.target(i, k);
            }
        }
        return new SufficientStatistics(columns, outputs, Vector.of(sums));
    }

    /** The number of examples: the bias column's sum of squares. */
    public double count() {
        return product(columns - 1, columns - 1);
    }

    /** Σ xᵢ·xⱼ. */
    public double product(int i, int j) {
        int row = Math.min(i, j);
        int before = row * columns - row * (row - 1) / 2;
        return sums.get(before + Math.max(i, j) - row);
    }

    /** Σ xᵢ·y of output {@code k}. */
    public double moment(int i, int k) {
        return sums.get(columns * (columns + 1) / 2 + i * outputs + k);
    }

    /** Σ y² of output {@code k}. */
    public double squares(int k) {
        return sums.get(sums.length() - outputs + k);
    }
}
