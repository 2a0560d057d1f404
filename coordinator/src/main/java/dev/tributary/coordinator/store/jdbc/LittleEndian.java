package dev.tributary.coordinator.store.jdbc;

import dev.tributary.model.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Vectors as little-endian bytes. */
final class LittleEndian {
    private LittleEndian() {}

    /** The vector as float32, which each coordinate must be exactly. */
    static byte[] float32(Vector vector) {
        byte[] bytes = new byte[Math.multiplyExact(vector.length(), Float.BYTES)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < vector.length(); i++) {
            float value = (float) vector.get(i);
            if (value != vector.get(i)) {
                throw new IllegalArgumentException(
                        "weights must be rounded to float32, was " + vector.get(i) + " at " + i);
            }
            buffer.putFloat(value);
        }
        return bytes;
    }

    static Vector fromFloat32(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.length / Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getFloat();
        }
        return Vector.of(values);
    }

    /** Vectors of one length, one after another, as float64. */
    static byte[] float64(List<Vector> vectors) {
        int length = vectors.isEmpty() ? 0 : vectors.get(0).length();
        byte[] bytes = new byte[Math.multiplyExact(Math.multiplyExact(vectors.size(), length), Double.BYTES)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (Vector vector : vectors) {
            if (vector.length() != length) {
                throw new IllegalArgumentException(
                        "vectors must have the same length, was " + length + " and " + vector.length());
            }
            for (int i = 0; i < length; i++) {
                buffer.putDouble(vector.get(i));
            }
        }
        return bytes;
    }

    /** The {@code count} vectors of one length in these bytes. */
    static List<Vector> fromFloat64(byte[] bytes, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] values = new double[bytes.length / Double.BYTES / count];
            for (int j = 0; j < values.length; j++) {
                values[j] = buffer.getDouble();
            }
            vectors.add(Vector.of(values));
        }
        return List.copyOf(vectors);
    }
}
