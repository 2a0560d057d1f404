package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Quarantine;
import dev.tributary.coordinator.store.Change;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The statements of {@code device}. */
final class DeviceTable {
    private final Handle handle;

    DeviceTable(Handle handle) {
        this.handle = handle;
    }

    void save(List<Change.SaveDevice> saves) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO device"
                + " (federation, id, role, example_count, status, status_since, statistics_rejected, quarantined_at,"
                + " quarantine_reason)"
                + " VALUES (:federation, :id, :role, :exampleCount, :status, :statusSince, :rejected, :quarantinedAt,"
                + " :quarantineReason)"
                + " ON CONFLICT (federation, id) DO UPDATE SET role = excluded.role,"
                + " example_count = excluded.example_count, status = excluded.status,"
                + " status_since = excluded.status_since, statistics_rejected = excluded.statistics_rejected,"
                + " quarantined_at = excluded.quarantined_at, quarantine_reason = excluded.quarantine_reason");
        for (Change.SaveDevice save : saves) {
            Device device = save.device();
            batch.bind("federation", save.federation().value())
                    .bind("id", device.id().value())
                    .bind("role", device.role().name())
                    .bind("exampleCount", device.exampleCount())
                    .bind("status", device.status().name())
                    .bind("statusSince", device.statusSince().toEpochMilli())
                    .bind("rejected", device.statisticsRejected() ? 1 : 0)
                    .bind("quarantinedAt", Columns.millis(device.quarantine().map(Quarantine::since)))
                    .bind(
                            "quarantineReason",
                            device.quarantine()
                                    .map(Quarantine::reason)
                                    .map(Columns::text)
                                    .orElse(null))
                    .add();
        }
        batch.execute();
    }

    List<Device> all(FederationId federation) {
        return handle.createQuery("SELECT * FROM device WHERE federation = :federation ORDER BY id")
                .bind("federation", federation.value())
                .map(Columns.rows(DeviceTable::device))
                .list();
    }

    Optional<Device> find(FederationId federation, DeviceId id) {
        return handle.createQuery("SELECT * FROM device WHERE federation = :federation AND id = :id")
                .bind("federation", federation.value())
                .bind("id", id.value())
                .map(Columns.rows(DeviceTable::device))
                .findOne();
    }

    /** No id is the empty text, and all come after it. */
    List<Device> page(FederationId federation, Optional<DeviceId> after, int limit) {
        return handle.createQuery(
                        "SELECT * FROM device WHERE federation = :federation AND id > :after ORDER BY id LIMIT :limit")
                .bind("federation", federation.value())
                .bind("after", after.map(DeviceId::value).orElse(""))
                .bind("limit", limit)
                .map(Columns.rows(DeviceTable::device))
                .list();
    }

    private static Device device(ResultSet row) throws SQLException {
        return new Device(
                new DeviceId(row.getString("id")),
                Columns.named(Role.class, row, "role"),
                row.getLong("example_count"),
                Columns.named(Status.class, row, "status"),
                row.getInt("statistics_rejected") == 1,
                Columns.instant(row, "status_since"),
                quarantine(row));
    }

    private static Optional<Quarantine> quarantine(ResultSet row) throws SQLException {
        Optional<Instant> since = Columns.optionalInstant(row, "quarantined_at");
        return since.isPresent()
                ? Optional.of(new Quarantine(since.get(), row.getString("quarantine_reason")))
                : Optional.empty();
    }
}
