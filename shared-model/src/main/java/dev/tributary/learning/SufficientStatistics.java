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
    /** So many examples pass over a row of products while it is in the processor's cache: 16 MB of them are not. */
    private static final int BLOCK = 16;

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
        double[][] block = new double[Math.min(BLOCK, examples.count())][columns];
        for (int start = 0; start < examples.count(); start += BLOCK) {
            int size = Math.min(BLOCK, examples.count() - start);
            for (int i = 0; i < size; i++) {
                examples.copyFeatures(start + i, block[i]);
                block[i][columns - 1] = 1;
            }
            int at = addProducts(sums, block, size);
            for (int i = 0; i < size; i++) {
                addTargets(sums, at, block[i], examples, start + i);
            }
        }
        return new SufficientStatistics(columns, outputs, Vector.of(sums));
    }

    /** Returns where the products end. Each sum takes the examples in their order, so a block's size changes no bit. */
    private static int addProducts(double[] sums, double[][] block, int size) {
        int columns = block[0].length;
        int at = 0;
        for (int row = 0; row < columns; row++) {
            for (int i = 0; i < size; i++) {
                double[] x = block[i];
                double value = x[row];
                for (int column = row; column < columns; column++) {
                    sums[at + column - row] += value * x[column];
                }
            }
            at += columns - row;
        }
        return at;
    }

    private static void addTargets(double[] sums, int start, double[] x, Examples examples, int example) {
        int outputs = examples.targetCount();
        int at = start;
        for (double value : x) {
            for (int k = 0; k < outputs; k++) {
                sums[at++] += value * examples.target(example, k);
            }
        }
        for (int k = 0; k < outputs; k++) {
            sums[at++] += (double) examples.target(example, k) * examples.target(example, k);
        }
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
