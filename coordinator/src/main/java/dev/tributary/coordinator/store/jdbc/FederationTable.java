package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.Workflow;
import dev.tributary.model.Bytes;
import dev.tributary.update.FederationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The statements of {@code federation}: what each one is and where its workflow stands. */
final class FederationTable {
    private final Handle handle;

    FederationTable(Handle handle) {
        this.handle = handle;
    }

    /**
     * One row.
     *
     * @param workflow empty until it was saved first
     */
    record Row(Bytes fingerprint, long epoch, Optional<Instant> beganAt, Optional<Workflow> workflow) {}

    boolean exists(FederationId id) {
        return handle.createQuery("SELECT 1 FROM federation WHERE id = :id")
                .bind("id", id.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    void create(Change.CreateFederation create) {
        handle.createUpdate("INSERT INTO federation (id, fingerprint, created_at, epoch)"
                        + " VALUES (:id, :fingerprint, :createdAt, 0)")
                .bind("id", create.federation().value())
                .bind("fingerprint", create.fingerprint().toArray())
                .bind("createdAt", create.createdAt().toEpochMilli())
                .execute();
    }

    void began(FederationId id, Instant at) {
        handle.createUpdate("UPDATE federation SET began_at = COALESCE(began_at, :at) WHERE id = :id")
                .bind("id", id.value())
                .bind("at", at.toEpochMilli())
                .execute();
    }

    void save(FederationId id, Workflow workflow) {
        handle.createUpdate("UPDATE federation SET stage = :stage, needed = :needed, retry_at = :retryAt, step = :step,"
                        + " round_number = :roundNumber, attempt = :attempt, train_rounds = :trainRounds,"
                        + " scores = :scores, stop_converged = :stopConverged, stop_reason = :stopReason,"
                        + " bytes_up = :bytesUp, paused = :paused"
                        + " WHERE id = :id")
                .bind("id", id.value())
                .bind("stage", workflow.phase().name())
                .bind("needed", workflow.needed())
                .bind("retryAt", Columns.millis(workflow.retryAt()))
                .bind("step", workflow.step().name())
                .bind("roundNumber", workflow.roundNumber())
                .bind("attempt", workflow.attempt())
                .bind("trainRounds", workflow.trainRounds())
                .bind("scores", text(workflow.scores()))
                .bind(
                        "stopConverged",
                        workflow.stop().map(stop -> stop.converged() ? 1 : 0).orElse(null))
                .bind(
                        "stopReason",
                        workflow.stop().map(Stop::reason).map(Columns::text).orElse(null))
                .bind("bytesUp", workflow.bytesUp())
                .bind("paused", workflow.paused() ? 1 : 0)
                .execute();
    }

    void saveEpoch(FederationId id, long epoch) {
        handle.createUpdate("UPDATE federation SET epoch = :epoch WHERE id = :id")
                .bind("id", id.value())
                .bind("epoch", epoch)
                .execute();
    }

    List<FederationId> ids() {
        return handle.createQuery("SELECT id FROM federation ORDER BY id")
                .map(Columns.rows(row -> new FederationId(row.getString("id"))))
                .list();
    }

    Optional<Row> find(FederationId id) {
        return handle.createQuery("SELECT * FROM federation WHERE id = :id")
                .bind("id", id.value())
                .map(Columns.rows(FederationTable::row))
                .findOne();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Columns.bytes(row, "fingerprint"),
                row.getLong("epoch"),
                Columns.optionalInstant(row, "began_at"),
                row.getString("stage") == null ? Optional.empty() : Optional.of(workflow(row)));
    }

    private static Workflow workflow(ResultSet row) throws SQLException {
        OptionalLong converged = Columns.optionalLong(row, "stop_converged");
        return new Workflow(
                Columns.named(Workflow.Phase.class, row, "stage"),
                row.getInt("needed"),
                Columns.optionalInstant(row, "retry_at"),
                Columns.named(Step.class, row, "step"),
                row.getLong("round_number"),
                row.getInt("attempt"),
                row.getInt("train_rounds"),
                scores(row.getString("scores")),
                converged.isPresent()
                        ? Optional.of(new Stop(converged.getAsLong() == 1, row.getString("stop_reason")))
                        : Optional.empty(),
                row.getLong("bytes_up"),
                row.getInt("paused") == 1);
    }

    /** Java's shortest text of a double gives the same double again. */
    private static String text(List<Double> scores) {
        return scores.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static List<Double> scores(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(Double::valueOf).toList();
    }
}
