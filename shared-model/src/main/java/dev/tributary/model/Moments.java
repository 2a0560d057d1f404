package dev.tributary.model;

import java.util.Arrays;

/**
 * Count, mean and sum of squared deviations of each column, and, for classification, label counts: what a device
 * contributes to a STATISTICS round.
 *
 * @param columns 3 values for each column (features, then regression outputs): n, mean, M2
 * @param labelCounts one count for each label; empty for regression
 */
public record Moments(Vector columns, Vector labelCounts) {
    public Moments {
        if (columns.length() % 3 != 0) {
            throw new IllegalArgumentException("columns length must be a multiple of 3, was " + columns.length());
        }
        for (int i = 0; i < columns.length(); i++) {
            if (!Double.isFinite(columns.get(i)) || (i % 3 != 1 && columns.get(i) < 0)) {
                throw new IllegalArgumentException("columns[" + i + "] must be a finite moment, was " + columns.get(i));
            }
        }
        for (int i = 0; i < labelCounts.length(); i++) {
            if (!(labelCounts.get(i) >= 0 && Double.isFinite(labelCounts.get(i)))) {
                throw new IllegalArgumentException("labelCounts[" + i + "] must be >= 0, was " + labelCounts.get(i));
            }
        }
    }

    /** The number of coordinates of {@link #toVector} for this schema. */
    public static int length(ModelSchema schema) {
        int outputs = schema.outputs().size();
        return 3 * schema.features().size() + (schema.task() == Task.CLASSIFICATION ? outputs : 3 * outputs);
    }

    /** Nothing seen yet, for this schema. */
    public static Moments empty(ModelSchema schema) {
        int labels = schema.task() == Task.CLASSIFICATION ? schema.outputs().size() : 0;
        return new Moments(Vector.zeros(length(schema) - labels), Vector.zeros(labels));
    }

    /** Columns first, then label counts. */
    public Vector toVector() {
        double[] all = new double[columns.length() + labelCounts.length()];
        columns.copyInto(all, 0);
        labelCounts.copyInto(all, columns.length());
        return Vector.of(all);
    }

    /** The inverse of {@link #toVector}, for this schema. */
    public static Moments of(ModelSchema schema, Vector vector) {
        if (vector.length() != length(schema)) {
            throw new IllegalArgumentException("moments length must be " + length(schema) + ", was " + vector.length());
        }
        Moments empty = empty(schema);
        double[] columns = new double[empty.columns.length()];
        double[] labels = new double[empty.labelCounts.length()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = vector.get(i);
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = vector.get(columns.length + i);
        }
        return new Moments(Vector.of(columns), Vector.of(labels));
    }

    /** How many values column {@code column} has. */
    public double count(int column) {
        return columns.get(3 * column);
    }

    /** The mean of column {@code column}; 0 when it has no value. */
    public double mean(int column) {
        return columns.get(3 * column + 1);
    }

    /** The population variance of column {@code column}; 0 when it has no value. */
    public double variance(int column) {
        return count(column) > 0 ? columns.get(3 * column + 2) / count(column) : 0;
    }

    /** Both together, by the pairwise update of Chan, Golub and LeVeque (1983). */
    public Moments merge(Moments other) {
        double[] merged = new double[columns.length()];
        for (int c = 0; c < merged.length; c += 3) {
            double n = columns.get(c) + other.columns.get(c);
            if (n == 0) {
                continue;
            }
            double delta = other.columns.get(c + 1) - columns.get(c + 1);
            merged[c] = n;
            merged[c + 1] = columns.get(c + 1) + delta * other.columns.get(c) / n;
            merged[c + 2] = columns.get(c + 2)
                    + other.columns.get(c + 2)
                    + delta * delta * columns.get(c) * other.columns.get(c) / n;
        }
        return new Moments(Vector.of(merged), labelCounts.plus(other.labelCounts));
    }

    /**
     * The standardiser of these moments: population standard deviation, 1 where it is 0 or no more than what rounding
     * leaves of a constant column; features stay as they are where the schema says so.
     */
    public Standardiser toStandardiser(ModelSchema schema) {
        int features = schema.features().size();
        int outputs = columns.length() / 3 - features;
        if (schema.normalization() == Normalization.NONE) {
            return new Standardiser(
                    Vector.zeros(features), ones(features), means(features, outputs), scales(features, outputs));
        }
        return new Standardiser(
                means(0, features), scales(0, features), means(features, outputs), scales(features, outputs));
    }

    private static Vector ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return Vector.of(ones);
    }

    private Vector means(int from, int length) {
        double[] means = new double[length];
        for (int i = 0; i < length; i++) {
            means[i] = mean(from + i);
        }
        return Vector.of(means);
    }

    private Vector scales(int from, int length) {
        double[] scales = new double[length];
        for (int i = 0; i < length; i++) {
            double deviation = Math.sqrt(variance(from + i));
            double rounding = Math.max(Double.MIN_NORMAL, 1e-12 * Math.abs(mean(from + i)));
            scales[i] = deviation > rounding ? deviation : 1;
        }
        return Vector.of(scales);
    }
}
