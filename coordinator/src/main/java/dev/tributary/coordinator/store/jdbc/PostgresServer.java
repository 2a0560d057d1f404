package dev.tributary.coordinator.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of a PostgreSQL server. One connection writes, READ COMMITTED: nothing else in the process writes, and the
 * lease's row, locked first, keeps others out, so that stricter isolation would have nothing to find. Reads are
 * REPEATABLE READ: all statements of one see the same state.
 */
final class PostgresServer extends DatabaseAddress {
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 30;
    private static final int READERS = 4;

    /**
     * A commit is on the server's disk when it returns, whatever the server's default; and the server itself ends a
     * transaction that a paused or cut-off coordinator left open, so that its locks do not hold a standby up.
     */
    private static final String WRITER_SETTINGS =
            "SET synchronous_commit = on; SET idle_in_transaction_session_timeout = '4s'; SET lock_timeout = '5s'";

    private final String url;

    PostgresServer(String url) {
        this.url = url;
        plain();
    }

    @Override
    public String name() {
        return withoutParameters(url);
    }

    @Override
    DataSource plain() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be jdbc:postgresql://HOST:PORT/NAME, was \"" + name() + "\"", e);
        }
        if (!url.contains("connectTimeout=")) {
            source.setConnectTimeout(CONNECT_SECONDS);
        }
        if (!url.contains("socketTimeout=")) {
            source.setSocketTimeout(ANSWER_SECONDS);
        }
        if (!url.contains("ApplicationName=")) {
            source.setApplicationName("tributary-coordinator");
        }
        source.setTcpKeepAlive(true);
        return source;
    }

    @Override
    HikariConfig writing() {
        HikariConfig pool = pool("postgresql-writing");
        pool.setMaximumPoolSize(1);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.setConnectionInitSql(WRITER_SETTINGS);
        return pool;
    }

    @Override
    HikariConfig reading() {
        HikariConfig pool = pool("postgresql-reading");
        pool.setMaximumPoolSize(READERS);
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        pool.setReadOnly(true);
        return pool;
    }

    private HikariConfig pool(String name) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(plain());
        pool.setPoolName(name);
        pool.setConnectionTimeout(CONNECT_SECONDS * 1000L);
        return pool;
    }

    @Override
    Map<String, String> typeNames() {
        return Map.of("bytes", "BYTEA", "name", "TEXT COLLATE \"C\"");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** Data exceptions and violated constraints. */
    @Override
    boolean isUnfit(SQLException e) {
        return state(e).startsWith("22") || state(e).startsWith("23");
    }

    @Override
    String reason(SQLException e) {
        String state = state(e);
        if (state.equals("53100")) {
            return "disk full";
        } else if (state.startsWith("08") || state.equals("57P01") || state.equals("57P02") || state.equals("57P03")) {
            return "no connection to the server (" + firstLine(e) + ")";
        } else if (state.startsWith("28")) {
            return "the server refuses this user or password (" + firstLine(e) + ")";
        }
        return firstLine(e);
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown error");
    }

    @Override
    void requirePresent(Object identity) {
        // The server answers for itself.
    }

    @Override
    Object identity() {
        return url;
    }
}
