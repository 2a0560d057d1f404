package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.optimizer.OptimizerState;
import dev.tributary.update.FederationId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of {@code optimizer_state}: one row a federation. */
final class OptimizerTable {
    private final Handle handle;

    OptimizerTable(Handle handle) {
        this.handle = handle;
    }

    void save(FederationId federation, OptimizerState state) {
        handle.createUpdate("INSERT INTO optimizer_state (federation, optimizer, steps, moment_count, moments)"
                        + " VALUES (:federation, :optimizer, :steps, :momentCount, :moments)"
                        + " ON CONFLICT (federation) DO UPDATE SET optimizer = excluded.optimizer,"
                        + " steps = excluded.steps, moment_count = excluded.moment_count, moments = excluded.moments")
                .bind("federation", federation.value())
                .bind("optimizer", state.optimizer())
                .bind("steps", state.steps())
                .bind("momentCount", state.moments().size())
                .bind("moments", LittleEndian.float64(state.moments()))
                .execute();
    }

    Optional<OptimizerState> find(FederationId federation) {
        return handle.createQuery("SELECT * FROM optimizer_state WHERE federation = :federation")
                .bind("federation", federation.value())
                .map(Columns.rows(row -> new OptimizerState(
                        row.getString("optimizer"),
                        row.getLong("steps"),
                        LittleEndian.fromFloat64(row.getBytes("moments"), row.getInt("moment_count")))))
                .findOne();
    }
}
