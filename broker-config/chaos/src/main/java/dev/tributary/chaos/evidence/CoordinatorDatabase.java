package dev.tributary.chaos.evidence;

import dev.tributary.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The SQLite file of a coordinator that has ended, by its tables; the documentation of the store says what they mean. */
public record CoordinatorDatabase(Path file) {
    private static final String ROUNDS =
            "SELECT number, attempt, kind, base_version, announcement, state FROM round WHERE federation = ? ORDER BY number, attempt";
    private static final String PARTICIPATIONS = "SELECT device, number, attempt, answer, code FROM participation"
            + " WHERE federation = ? ORDER BY number, attempt, device";
    private static final String VERSIONS =
            "SELECT version, base_version, round_number, attempt, weights FROM model_version"
                    + " WHERE federation = ? ORDER BY version";
    private static final String SPEC = "SELECT body FROM spec WHERE federation = ? ORDER BY revision DESC LIMIT 1";

    /** All that it keeps of this federation. */
    public Records read(String federation) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("the coordinator left no database at " + file);
        }
        try (Connection connection = open()) {
            List<Bytes> specs = rows(connection, SPEC, federation, row -> bytes(row, 1));
            return new Records(
                    specs.isEmpty() ? Bytes.empty() : specs.get(0),
                    rows(connection, ROUNDS, federation, CoordinatorDatabase::round),
                    rows(connection, PARTICIPATIONS, federation, CoordinatorDatabase::participation),
                    rows(connection, VERSIONS, federation, CoordinatorDatabase::version));
        } catch (SQLException e) {
            throw new IOException("the coordinator's database " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> rows(Connection connection, String query, String federation, RowReader<T> reader)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, federation);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
        }
        return rows;
    }

    private static Records.Round round(ResultSet row) throws SQLException {
        return new Records.Round(
                row.getLong(1), row.getInt(2), row.getString(3), row.getLong(4), bytes(row, 5), row.getString(6));
    }

    private static Records.Participation participation(ResultSet row) throws SQLException {
        return new Records.Participation(
                new AnswerKey(row.getString(1).intern(), row.getLong(2), row.getInt(3)), text(row, 4), text(row, 5));
    }

    private static Records.Version version(ResultSet row) throws SQLException {
        long base = row.getLong(2);
        boolean hasBase = !row.wasNull();
        return new Records.Version(row.getLong(1), hasBase ? base : -1, row.getLong(3), row.getInt(4), bytes(row, 5));
    }

    private static Bytes bytes(ResultSet row, int column) throws SQLException {
        byte[] value = row.getBytes(column);
        return value == null ? Bytes.empty() : Bytes.of(value);
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String value = row.getString(column);
        return value == null ? "" : value.intern();
    }
}
