package dev.tributary.chaos.evidence;

import dev.tributary.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Changes a copy of a coordinator's database as a coordinator would leave it that broke its promises. */
public record Tampering(String federation, Path copy) {
    /** Copies the database, in place of an earlier copy. */
    public static Tampering copy(String federation, Path database, Path copy) throws IOException {
        Files.deleteIfExists(copy);
        try (Connection connection = new CoordinatorDatabase(database).open();
                PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, copy.toString());
            statement.execute();
            return new Tampering(federation, copy);
        } catch (SQLException e) {
            throw new IOException("cannot copy " + database + " to " + copy + ": " + e.getMessage(), e);
        }
    }

    /** Forgets that a device contributed. */
    public void forget(AnswerKey key) throws IOException {
        change("DELETE FROM participation WHERE federation = ? AND device = ? AND number = ? AND attempt = ?", row -> {
            row.setString(2, key.device());
            row.setLong(3, key.round());
            row.setInt(4, key.attempt());
        });
    }

    /** Gives a version other weights. */
    public void replaceWeights(long version, Bytes weights) throws IOException {
        change("UPDATE model_version SET weights = ?2 WHERE federation = ?1 AND version = ?3", row -> {
            row.setBytes(2, weights.toArray());
            row.setLong(3, version);
        });
    }

    private interface Arguments {
        void of(PreparedStatement row) throws SQLException;
    }

    private void change(String sql, Arguments arguments) throws IOException {
        try (Connection connection = new CoordinatorDatabase(copy).open();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, federation);
            arguments.of(statement);
            if (statement.executeUpdate() != 1) {
                throw new IOException("nothing to change in " + copy);
            }
        } catch (SQLException e) {
            throw new IOException("cannot change " + copy + ": " + e.getMessage(), e);
        }
    }
}
