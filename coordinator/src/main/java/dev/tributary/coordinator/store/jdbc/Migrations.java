package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings a database's tables to the form that this version of the program knows. */
final class Migrations {
    private static final String LOCATION = "classpath:dev/tributary/coordinator/store/jdbc/migration";

    private final DatabaseAddress address;
    private final Flyway flyway;

    Migrations(DatabaseAddress address) {
        this.address = address;
        this.flyway = Flyway.configure()
                .dataSource(address.plain())
                .locations(LOCATION)
                .placeholders(address.typeNames())
                // Without this a database from the future would pass.
                .ignoreMigrationPatterns(new String[0])
                .load();
    }

    /** Makes the tables of an empty database, or brings those of an older version up. */
    void migrate() {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw explained(e);
        }
    }

    /** Only sees that the tables are those that this version knows. */
    void requireCurrent() {
        try {
            MigrationInfo[] pending = flyway.info().pending();
            if (pending.length > 0) {
                throw new StoreUnavailableException(
                        "database " + address.name()
                                + " cannot be read: it has no tables of this version of Tributary; let its coordinator start once");
            }
            flyway.validate();
        } catch (FlywayException e) {
            throw explained(e);
        }
    }

    private StoreUnavailableException explained(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return address.unavailable("opened", sql);
            }
        }
        String reason = "its tables cannot be brought up to date: " + e.getMessage();
        if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            reason = "it holds tables of another program; give another database";
        } else if (isFromTheFuture()) {
            reason = "a newer version of Tributary wrote it; start that version, or restore a backup made by this one";
        }
        return new StoreUnavailableException("database " + address.name() + " cannot be opened: " + reason, e);
    }

    private boolean isFromTheFuture() {
        return Arrays.stream(flyway.info().all())
                .anyMatch(one -> one.getState().isApplied() && !one.getState().isResolved());
    }
}
