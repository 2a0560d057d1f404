package dev.tributary.model;

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

    /** These weights moved by {@code delta}. */
    public Weights plus(Vector delta) {
        return new Weights(layout, values.plus(delta));
    }
}
