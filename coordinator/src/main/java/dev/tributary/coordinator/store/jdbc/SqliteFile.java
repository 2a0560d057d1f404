package dev.tributary.coordinator.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.tributary.coordinator.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A SQLite file, with its log beside it: writers never wait for readers, and a commit is on the disk when it returns
 * (<a href="https://www.sqlite.org/wal.html">write-ahead log</a>, {@code synchronous=FULL}).
 */
final class SqliteFile extends DatabaseAddress {
    private static final int BUSY_MILLIS = 5_000;
    private static final int READERS = 4;
    /**
     * Of a new file. An update of 2 kB fills half a page of the usual 4 kB and leaves the rest empty; with these a file is
     * 40 % smaller and takes a third more updates a second.
     */
    private static final int PAGE_BYTES = 16 * 1024;

    /** A checkpoint each 16 MB instead of 4 leaves fewer moments at which a commit waits for one. */
    private static final int CHECKPOINT_PAGES = 1_000;

    private static final int LARGEST_IDLE_LOG_BYTES = 64 * 1024 * 1024;

    private final Path file;

    SqliteFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    Path file() {
        return file;
    }

    @Override
    public String name() {
        return file.toString();
    }

    /** Makes the file if there is none. */
    void prepare() {
        requireFolder();
        if (Files.exists(file)) {
            return;
        }
        try (Connection connection = bare().getConnection();
                Statement statement = connection.createStatement()) {
            // The page size must come before anything is written, as the journal mode is.
            statement.execute("PRAGMA page_size = " + PAGE_BYTES);
            statement.execute("PRAGMA journal_mode = WAL");
        } catch (SQLException e) {
            throw unavailable("opened", e);
        }
    }

    /** Lets go of the log beside a file that nobody has open, so that the file alone is the database. */
    void becomeOneFile() {
        try (Connection connection = bare().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = DELETE");
        } catch (SQLException e) {
            throw unavailable("closed", e);
        }
    }

    /**
     * Sees that a file is a whole database of a coordinator.
     *
     * @param what begins the message when it is not
     */
    void requireWhole(String what) {
        try (Connection connection = bare().getConnection();
                Statement statement = connection.createStatement()) {
            String found = text(statement, "PRAGMA integrity_check(1)");
            String tables = text(
                    statement,
                    "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('federation', 'flyway_schema_history')");
            if (!found.equals("ok")) {
                throw new StoreUnavailableException(what + "the file is damaged (" + found + "); take another backup");
            } else if (!tables.equals("2")) {
                throw new StoreUnavailableException(what + "it is no backup of a coordinator");
            }
        } catch (SQLException e) {
            boolean isNoDatabase = kind(e) == SQLiteErrorCode.SQLITE_NOTADB.code;
            throw new StoreUnavailableException(
                    what
                            + (isNoDatabase
                                    ? "it is no backup of a coordinator"
                                    : "the file is damaged (" + code(e) + "); take another backup"),
                    e);
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** Deletes the file and what SQLite left beside it, if anything. */
    void delete() {
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            try {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            } catch (IOException e) {
                throw new StoreUnavailableException("file " + file + suffix + " cannot be deleted: " + e, e);
            }
        }
    }

    private SQLiteDataSource bare() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(url());
        return source;
    }

    private String url() {
        return "jdbc:sqlite:" + file;
    }

    /** Says what stands in the way of a file here, before SQLite says "unable to open". */
    private void requireFolder() {
        Path folder = file.getParent();
        String problem = !Files.isDirectory(folder)
                ? "there is no folder " + folder + "; make it first"
                : Files.isDirectory(file)
                        ? "it is a folder; give a file in it"
                        : !Files.isWritable(folder)
                                ? "this user may not write into the folder " + folder
                                : Files.exists(file) && !Files.isWritable(file)
                                        ? "this user may not write the file"
                                        : "";
        if (!problem.isEmpty()) {
            throw new StoreUnavailableException("database " + file + " cannot be opened: " + problem);
        }
    }

    /** Says that there is no file here, before SQLite makes an empty one. */
    void requireFile() {
        if (!Files.isRegularFile(file)) {
            throw new StoreUnavailableException("database " + file + " cannot be opened: there is no such file");
        }
    }

    @Override
    DataSource plain() {
        return source(TransactionMode.DEFERRED);
    }

    @Override
    HikariConfig writing() {
        HikariConfig pool = pool(source(TransactionMode.IMMEDIATE), "sqlite-writing");
        pool.setMaximumPoolSize(1);
        return pool;
    }

    @Override
    HikariConfig reading() {
        HikariConfig pool = pool(source(TransactionMode.DEFERRED), "sqlite-reading");
        pool.setMaximumPoolSize(READERS);
        pool.setConnectionInitSql("PRAGMA query_only = 1");
        return pool;
    }

    private static HikariConfig pool(DataSource source, String name) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setPoolName(name);
        pool.setConnectionTimeout(2L * BUSY_MILLIS);
        // A file does not go stale as a network connection does.
        pool.setMaxLifetime(0);
        pool.setKeepaliveTime(0);
        return pool;
    }

    private DataSource source(TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(mode);
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        config.setJournalSizeLimit(LARGEST_IDLE_LOG_BYTES);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url());
        return source;
    }

    @Override
    Map<String, String> typeNames() {
        return Map.of("bytes", "BLOB", "name", "TEXT");
    }

    private static SQLiteErrorCode code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    /** The kind of error, which an extended code has in its last byte (<a href="https://www.sqlite.org/rescode.html">list</a>). */
    private static int kind(SQLException e) {
        return code(e).code & 0xff;
    }

    @Override
    boolean isUnfit(SQLException e) {
        int kind = kind(e);
        return kind == SQLiteErrorCode.SQLITE_TOOBIG.code
                || kind == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || kind == SQLiteErrorCode.SQLITE_MISMATCH.code;
    }

    @Override
    String reason(SQLException e) {
        SQLiteErrorCode code = code(e);
        return switch (kind(e)) {
            case 13 -> "disk full";
            case 5, 6 -> "another process holds it locked for more than " + BUSY_MILLIS / 1000 + " s";
            case 8 -> "it is read-only";
            case 10 -> "input/output error (" + code + ")";
            case 11 -> "the file is damaged; restore a backup";
            case 14 -> "the file cannot be opened (" + code + ")";
            case 26 -> "the file is no SQLite database; give another path, or move the file away";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    void requirePresent(Object identity) {
        if (!identity.equals(identity())) {
            throw new StoreUnavailableException(
                    "database " + file
                            + " cannot be used: the file was deleted or replaced while it was open; put it back and start again");
        }
    }

    @Override
    Object identity() {
        try {
            return Objects.requireNonNullElse(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey(), "");
        } catch (IOException e) {
            return e.getClass();
        }
    }
}
