package dev.tributary.coordinator.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tributary.coordinator.store.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** An open database with Tributary's tables, safe for use by many threads; what goes wrong is said in a person's words. */
public final class Database implements AutoCloseable {
    /** A standby that tries every third of this takes over at most four thirds of it after a holder's death. */
    private static final Duration LEASE = Duration.ofSeconds(6);

    private final DatabaseAddress address;
    private final Object identity;
    private final HikariDataSource writing;
    private final HikariDataSource reading;
    private final Jdbi writer;
    private final Jdbi reader;

    private Database(DatabaseAddress address) {
        this.address = address;
        this.writing = pool(address, address.writing());
        try {
            this.reading = pool(address, address.reading());
        } catch (StoreUnavailableException e) {
            writing.close();
            throw e;
        }
        this.identity = address.identity();
        this.writer = Jdbi.create(writing);
        this.reader = Jdbi.create(reading);
    }

    /**
     * Opens the database, making its tables or bringing them up to date.
     *
     * @throws StoreUnavailableException when it cannot be used, which says why and what to do
     */
    public static Database open(DatabaseAddress address) {
        if (address instanceof SqliteFile file) {
            file.prepare();
        }
        new Migrations(address).migrate();
        return new Database(address);
    }

    /**
     * Opens a database that is there already and changes nothing about its tables, while a coordinator may be using it.
     *
     * @throws StoreUnavailableException when it cannot be used, which says why and what to do
     */
    public static Database openExisting(DatabaseAddress address) {
        if (address instanceof SqliteFile file) {
            file.requireFile();
        }
        new Migrations(address).requireCurrent();
        return new Database(address);
    }

    private static HikariDataSource pool(DatabaseAddress address, HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw failure(address, "opened", e);
        }
    }

    /** The database's name for people. */
    public String name() {
        return address.name();
    }

    DatabaseAddress address() {
        return address;
    }

    /**
     * The right to write here, not taken yet: on a server a row that one coordinator renews, for a file a lock of the
     * operating system.
     *
     * @param holder who wants it, for people
     */
    public StoreLease lease(String holder) {
        return lease(holder, LEASE, System::nanoTime);
    }

    StoreLease lease(String holder, Duration length, LongSupplier nanoTime) {
        return address instanceof SqliteFile file
                ? new FileLease(file, holder)
                : new ServerLease(this, holder, length, nanoTime);
    }

    /** Does {@code work} in one transaction of the connection that writes. */
    <T> T write(Function<Handle, T> work) {
        address.requirePresent(identity);
        try {
            return writer.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw failure(address, "written", e);
        }
    }

    /** Does {@code work} in one transaction, which sees one state of the database. */
    <T> T read(Function<Handle, T> work) {
        try {
            return reader.inTransaction(work::apply);
        } catch (UnreadableRowException e) {
            throw new StoreUnavailableException(
                    "database " + name() + " holds what this version cannot read: " + e.getMessage(), e);
        } catch (JdbiException e) {
            throw failure(address, "read", e);
        }
    }

    /** The same for work without a result. */
    void reading(Consumer<Handle> work) {
        read(handle -> {
            work.accept(handle);
            return true;
        });
    }

    private static RuntimeException failure(DatabaseAddress address, String work, RuntimeException e) {
        SQLException last = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // The innermost one is the driver's own; a pool's "not available" wraps it.
            last = cause instanceof SQLException sql ? sql : last;
        }
        return last == null
                ? new StoreUnavailableException(
                        "database " + address.name() + " cannot be " + work + ": " + e.getMessage(), e)
                : address.failure(work, last);
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }
}
