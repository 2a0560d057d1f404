package dev.tributary.coordinator.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.tributary.coordinator.store.StoreUnavailableException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** Where a database is, and what is particular to its kind. */
public abstract sealed class DatabaseAddress permits SqliteFile, PostgresServer {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRES = "jdbc:postgresql:";

    /**
     * The database at {@code jdbc:sqlite:PATH} or {@code jdbc:postgresql://HOST:PORT/NAME}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static DatabaseAddress of(String url) {
        if (url.startsWith(POSTGRES)) {
            return new PostgresServer(url);
        }
        String path = url.startsWith(SQLITE) ? url.substring(SQLITE.length()) : "";
        if (path.isBlank() || path.startsWith(":") || path.startsWith("file:") || path.contains("?")) {
            throw new IllegalArgumentException("must be jdbc:sqlite:PATH or jdbc:postgresql://HOST:PORT/NAME, was \""
                    + withoutParameters(url) + "\"");
        }
        try {
            return new SqliteFile(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must name a file, was \"" + url + "\"", e);
        }
    }

    /** The URL without what follows its question mark, where a password may stand. */
    static String withoutParameters(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }

    /** The database's name for people, without any password. */
    public abstract String name();

    /** Whether several coordinators can use it, one at a time, from several machines. */
    public boolean isShared() {
        return this instanceof PostgresServer;
    }

    /** Connections one at a time, outside of any pool; for migrations. */
    abstract DataSource plain();

    /** The pool of the one connection that writes. */
    abstract HikariConfig writing();

    /** The pool of the connections that read; each transaction sees one state of the database. */
    abstract HikariConfig reading();

    /** What migrations call the types that the two kinds name differently. */
    abstract Map<String, String> typeNames();

    /** What went wrong, in a person's words. */
    abstract String reason(SQLException e);

    /** Whether the statement asked for what the tables cannot hold, which no waiting will change. */
    abstract boolean isUnfit(SQLException e);

    /** Says so when the database is no longer where it was when it was opened. */
    abstract void requirePresent(Object identity);

    /** What tells this database from another one at the same address; anything but null. */
    abstract Object identity();

    /** The exception for work, such as "written", that an SQL exception ended. */
    RuntimeException failure(String work, SQLException e) {
        return isUnfit(e)
                ? new IllegalArgumentException("database " + name() + " cannot hold this: " + reason(e), e)
                : unavailable(work, e);
    }

    StoreUnavailableException unavailable(String work, SQLException e) {
        return new StoreUnavailableException("database " + name() + " cannot be " + work + ": " + reason(e), e);
    }

    @Override
    public final String toString() {
        return name();
    }
}
