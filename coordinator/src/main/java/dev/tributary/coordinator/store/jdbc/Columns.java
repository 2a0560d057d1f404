package dev.tributary.coordinator.store.jdbc;

import dev.tributary.model.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;

/** What columns hold, as Java's types. */
final class Columns {
    private static final int REPLACEMENT = 0xFFFD;

    private Columns() {}

    /** What is made of one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A mapper whose refusals are a row's fault. */
    static <T> RowMapper<T> rows(RowReader<T> reader) {
        return (row, context) -> {
            try {
                return reader.read(row);
            } catch (JdbiException e) {
                // A statement for this row failed, which says nothing about what the row holds.
                throw e;
            } catch (RuntimeException e) {
                throw new UnreadableRowException(e);
            }
        };
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        OptionalLong millis = optionalLong(row, column);
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static OptionalDouble optionalDouble(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static <E extends Enum<E>> E named(Class<E> type, ResultSet row, String column) throws SQLException {
        return Enum.valueOf(type, row.getString(column));
    }

    static <E extends Enum<E>> Optional<E> optionalNamed(Class<E> type, ResultSet row, String column)
            throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(name -> Enum.valueOf(type, name));
    }

    static Bytes bytes(ResultSet row, String column) throws SQLException {
        return Bytes.of(row.getBytes(column));
    }

    /** The text without what no database can hold: U+0000, and halves of a surrogate pair. */
    static String text(String value) {
        return value.codePoints()
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? REPLACEMENT
                        : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The name, or null for nothing. */
    static String name(Optional<? extends Enum<?>> value) {
        return value.map(Enum::name).orElse(null);
    }

    /** The milliseconds, or null for nothing. */
    static Long millis(Optional<Instant> value) {
        return value.map(Instant::toEpochMilli).orElse(null);
    }

    /** The number, or null for nothing. */
    static Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    /** The number, or null for nothing. */
    static Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** The byte string's bytes, or null for nothing. */
    static byte[] bytes(Optional<Bytes> value) {
        return value.map(Bytes::toArray).orElse(null);
    }
}
