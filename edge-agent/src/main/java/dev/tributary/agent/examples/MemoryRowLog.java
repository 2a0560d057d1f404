package dev.tributary.agent.examples;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Rows that end with the process. */
public final class MemoryRowLog implements RowLog {
    private final long capacity;
    private final Deque<Row> rows = new ArrayDeque<>();
    private long added;
    private Optional<String> position = Optional.empty();

    /** A log of at most {@code capacity} rows. */
    public MemoryRowLog(long capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1, was " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    public synchronized void append(Row row, String newPosition) {
        if (rows.size() == capacity) {
            rows.removeFirst();
        }
        rows.addLast(row);
        added++;
        position = Optional.of(newPosition);
    }

    @Override
    public synchronized void forEach(Visitor visitor) {
        long ordinal = added - rows.size();
        for (Row row : rows) {
            visitor.visit(ordinal++, row);
        }
    }

    @Override
    public synchronized long count() {
        return rows.size();
    }

    @Override
    public synchronized Optional<String> lastPosition() {
        return position;
    }

    @Override
    public void flush() {}
}
