package dev.tributary.agent.examples;

import java.util.Optional;

/**
 * One stored reading: a number for each column, NaN where it is missing, and the text of the label where there is one.
 * The predicted quantities of a regression are columns like any other.
 */
public final class Row {
    private final Columns columns;
    private final double[] values;
    private final Optional<String> label;

    private Row(Columns columns, double[] values, Optional<String> label) {
        if (values.length != columns.names().size()) {
            throw new IllegalArgumentException(
                    "values length must be " + columns.names().size() + ", was " + values.length);
        }
        this.columns = columns;
        this.values = values;
        this.label = label;
    }

    /** The row with these values, copied, in the order of {@code columns}. */
    public static Row of(Columns columns, double[] values, Optional<String> label) {
        return new Row(columns, values.clone(), label);
    }

    /** What the values are. */
    public Columns columns() {
        return columns;
    }

    /** The value of column {@code index}; NaN when it is missing. */
    public double value(int index) {
        return values[index];
    }

    /** The label's text. */
    public Optional<String> label() {
        return label;
    }

    /** A copy of all values. */
    public double[] toArray() {
        return values.clone();
    }
}
