package dev.tributary.agent.store;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.Row;
import dev.tributary.agent.examples.RowLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/** Rows in the store's file, by ordinal; what a kill takes are the rows since the last {@link #flush}. */
public final class StoredRowLog implements RowLog {
    private final StoreFile file;
    private final long capacity;
    private volatile long count;
    private volatile boolean dirty;

    /** The log in {@code file}, cut to at most {@code capacity} rows. */
    public StoredRowLog(StoreFile file, long capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1, was " + capacity);
        }
        this.file = file;
        this.capacity = capacity;
        file.use(store -> trim(rows(store)));
    }

    private static MVMap<Long, byte[]> rows(MVStore store) {
        return map(store, "rows");
    }

    private static MVMap<Long, byte[]> map(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    private long trim(MVMap<Long, byte[]> rows) {
        while (rows.sizeAsLong() > capacity) {
            rows.remove(rows.firstKey());
        }
        count = rows.sizeAsLong();
        return count;
    }

    @Override
    public void append(Row row, String position) {
        file.use(store -> {
            MVMap<Long, byte[]> rows = rows(store);
            int columnsNumber = number(map(store, "columns"), row.columns());
            Long last = rows.lastKey();
            rows.put(last == null ? 0 : last + 1, RowBytes.of(row, columnsNumber, position));
            dirty = true;
            return trim(rows);
        });
    }

    private static int number(MVMap<Long, byte[]> lists, Columns columns) {
        List<Columns> known = columnLists(lists);
        int number = known.lastIndexOf(columns);
        if (number >= 0) {
            return number;
        }
        lists.put((long) known.size(), RowBytes.of(columns));
        return known.size();
    }

    private static List<Columns> columnLists(MVMap<Long, byte[]> lists) {
        List<Columns> known = new ArrayList<>();
        for (byte[] stored : lists.values()) {
            known.add(RowBytes.columns(stored));
        }
        return known;
    }

    @Override
    public void forEach(Visitor visitor) {
        file.use(store -> {
            List<Columns> lists = columnLists(map(store, "columns"));
            Cursor<Long, byte[]> cursor = rows(store).cursor(null);
            while (cursor.hasNext()) {
                long ordinal = cursor.next();
                visitor.visit(ordinal, RowBytes.row(cursor.getValue(), lists));
            }
            return count;
        });
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public Optional<String> lastPosition() {
        return file.use(store -> {
            MVMap<Long, byte[]> rows = rows(store);
            return Optional.ofNullable(rows.lastKey()).map(rows::get).map(RowBytes::position);
        });
    }

    @Override
    public void flush() {
        if (dirty) {
            dirty = false;
            file.commit(false);
        }
    }
}
