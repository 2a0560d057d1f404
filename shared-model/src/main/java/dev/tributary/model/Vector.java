package dev.tributary.model;

import java.util.Arrays;

/** An immutable vector of float64 values; arrays are copied on the way in and on the way out. */
public final class Vector {
    private final double[] values;

    private Vector(double[] values) {
        this.values = values;
    }

    /** The vector with these coordinates. */
    public static Vector of(double... values) {
        return new Vector(values.clone());
    }

    /** The vector of {@code length} zeros. */
    public static Vector zeros(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length must be >= 0, was " + length);
        }
        return new Vector(new double[length]);
    }

    /** A vector of {@code length} coordinates, 0 until they are set, that is built without a copy. */
    public static Builder builder(int length) {
        return new Builder(zeros(length));
    }

    /** Sets the coordinates of a vector that nobody has seen yet; not thread-safe. */
    public static final class Builder {
        private Vector unseen;

        private Builder(Vector unseen) {
            this.unseen = unseen;
        }

        /** Sets the coordinate at {@code index}, 0-based. */
        public void set(int index, double value) {
            unseen.values[index] = value;
        }

        /** The vector; nothing can be set from here on. */
        public Vector build() {
            Vector built = unseen;
            unseen = zeros(0);
            return built;
        }
    }

    /** The number of coordinates. */
    public int length() {
        return values.length;
    }

    /** The coordinate at {@code index}, 0-based. */
    public double get(int index) {
        return values[index];
    }

    /** A copy of all coordinates. */
    public double[] toArray() {
        return values.clone();
    }

    /** Copies all coordinates into {@code target} from {@code offset} on, without allocating. */
    public void copyInto(double[] target, int offset) {
        System.arraycopy(values, 0, target, offset, values.length);
    }

    /** This plus {@code other}, coordinate by coordinate; lengths must agree. */
    public Vector plus(Vector other) {
        requireSameLength(other);
        double[] sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.values[i];
        }
        return new Vector(sum);
    }

    /** This minus {@code other}, coordinate by coordinate; lengths must agree. */
    public Vector minus(Vector other) {
        requireSameLength(other);
        double[] difference = values.clone();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= other.values[i];
        }
        return new Vector(difference);
    }

    /** Each coordinate rounded to the nearest float32. */
    public Vector roundedToFloat32() {
        double[] rounded = new double[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        return new Vector(rounded);
    }

    /** Whether no coordinate is NaN or infinite. */
    public boolean isFinite() {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The Euclidean norm. */
    public double norm() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private void requireSameLength(Vector other) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException(
                    "length must be equal, was " + values.length + " and " + other.values.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector vector && Arrays.equals(values, vector.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length <= 8 ? Arrays.toString(values) : "Vector[" + values.length + "]";
    }
}
