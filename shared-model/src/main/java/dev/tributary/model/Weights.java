package dev.tributary.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A model's parameters: a flat vector and the layout that says what is where. */
public record Weights(ParameterLayout layout, Vector values) {
    public Weights {
        if (values.length() != layout.size()) {
            throw new IllegalArgumentException("values length must be " + layout.size() + ", was " + values.length());
        }
    }

    /** All zeros: where a federation starts unless it is given a model. */
    public static Weights zeros(ParameterLayout layout) {
        return new Weights(layout, Vector.zeros(layout.size()));
    }

    /** SHA-256 over the values as float32, little-endian: what two sides compare to know that they have the same weights. */
    public byte[] sha256() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length(), Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length(); i++) {
            bytes.putFloat((float) values.get(i));
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** These weights moved by {@code delta}. */
    public Weights plus(Vector delta) {
        return new Weights(layout, values.plus(delta));
    }
}
