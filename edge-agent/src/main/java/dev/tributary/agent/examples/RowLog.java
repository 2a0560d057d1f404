package dev.tributary.agent.examples;

import java.util.Optional;

/**
 * A bounded, growing sequence of rows: when it is full, the oldest is dropped for the newest. Safe for many threads; a
 * change or a look that the medium does not allow throws {@link java.io.UncheckedIOException}.
 */
public interface RowLog {
    /** Takes a row with its ordinal, oldest first. */
    @FunctionalInterface
    interface Visitor {
        /** One row; {@code ordinal} counts all rows ever added, from 0. */
        void visit(long ordinal, Row row);
    }

    /**
     * Adds a row, durable with the next {@link #flush}.
     *
     * @param position where the source goes on after this row; its own notation, may be empty
     */
    void append(Row row, String position);

    /** Shows all rows to {@code visitor}, oldest first. */
    void forEach(Visitor visitor);

    /** The number of rows held. */
    long count();

    /** The position given with the newest row. */
    Optional<String> lastPosition();

    /** Makes what was added durable; does nothing when nothing was. */
    void flush();
}
