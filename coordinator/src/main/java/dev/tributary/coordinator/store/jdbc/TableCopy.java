package dev.tributary.coordinator.store.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Copies what is kept from one database into another of either kind, whose tables have the same columns. */
final class TableCopy {
    /** Those that others refer to come first; the lease is no part of what is kept. */
    private static final List<String> TABLES = List.of(
            "federation",
            "spec",
            "device",
            "round",
            "participation",
            "model_version",
            "optimizer_state",
            "evaluation",
            "evaluation_sums");

    /** Rows that a server sends at a time; an update may have 16 MB. */
    private static final int ROWS_AT_A_TIME = 16;

    private static final int BATCH_ROWS = 500;
    private static final long BATCH_BYTES = 1024 * 1024;

    private final Handle from;
    private final Handle to;

    TableCopy(Handle from, Handle to) {
        this.from = from;
        this.to = to;
    }

    /** Adds all rows. */
    void copy() {
        TABLES.forEach(this::copy);
    }

    /** Deletes all rows. */
    static void clear(Handle handle) {
        for (int i = TABLES.size() - 1; i >= 0; i--) {
            handle.execute("DELETE FROM " + TABLES.get(i));
        }
    }

    private void copy(String table) {
        List<String> columns = columns(table);
        String insert = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", columns.stream().map(column -> "?").toList()) + ")";
        try (ResultIterator<Object[]> rows = from.createQuery("SELECT " + String.join(", ", columns) + " FROM " + table)
                        .setFetchSize(ROWS_AT_A_TIME)
                        .map((row, context) -> values(row, columns.size()))
                        .iterator();
                PreparedBatch batch = to.prepareBatch(insert)) {
            long bytes = 0;
            while (rows.hasNext()) {
                Object[] row = rows.next();
                batch.add(row);
                bytes += size(row);
                if (batch.size() >= BATCH_ROWS || bytes >= BATCH_BYTES) {
                    batch.execute();
                    bytes = 0;
                }
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    private List<String> columns(String table) {
        return to.createQuery("SELECT * FROM " + table + " WHERE 1 = 0").scanResultSet((rows, context) -> {
            ResultSetMetaData shape = rows.get().getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                names.add(shape.getColumnName(i));
            }
            return names;
        });
    }

    private static Object[] values(ResultSet row, int columns) throws SQLException {
        Object[] values = new Object[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = row.getObject(i + 1);
        }
        return values;
    }

    private static long size(Object[] row) {
        long size = 0;
        for (Object value : row) {
            size += value instanceof byte[] bytes ? bytes.length : 16;
        }
        return size;
    }
}
