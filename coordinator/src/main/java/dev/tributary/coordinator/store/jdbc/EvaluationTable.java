package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Task;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The statements of {@code evaluation} and, by role, {@code evaluation_sums}. */
final class EvaluationTable {
    private static final String OF_VERSION = " WHERE federation = :federation AND version = :version";

    private final Handle handle;

    EvaluationTable(Handle handle) {
        this.handle = handle;
    }

    void save(EvaluationRecord evaluation) {
        FederationId federation = evaluation.federation();
        long version = evaluation.version();
        bind(handle.createUpdate("DELETE FROM evaluation" + OF_VERSION), federation, version)
                .execute();
        bind(
                        handle.createUpdate("INSERT INTO evaluation (federation, version, train_round, evaluated_at)"
                                + " VALUES (:federation, :version, :trainRound, :evaluatedAt)"),
                        federation,
                        version)
                .bind("trainRound", evaluation.trainRound())
                .bind("evaluatedAt", evaluation.evaluatedAt().toEpochMilli())
                .execute();
        evaluation
                .byRole()
                .forEach((role, sums) -> bind(
                                handle.createUpdate("INSERT INTO evaluation_sums"
                                        + " (federation, version, role, task, outputs, sums)"
                                        + " VALUES (:federation, :version, :role, :task, :outputs, :sums)"),
                                federation,
                                version)
                        .bind("role", role.name())
                        .bind("task", sums.task().name())
                        .bind("outputs", sums.outputs())
                        .bind("sums", LittleEndian.float64(List.of(sums.sums())))
                        .execute());
    }

    Optional<EvaluationRecord> find(FederationId federation, long version) {
        return bind(handle.createQuery("SELECT * FROM evaluation" + OF_VERSION), federation, version)
                .map(Columns.rows(row -> new EvaluationRecord(
                        federation,
                        version,
                        row.getInt("train_round"),
                        sums(federation, version),
                        Columns.instant(row, "evaluated_at"))))
                .findOne();
    }

    private Map<Role, Evaluation> sums(FederationId federation, long version) {
        Map<Role, Evaluation> byRole = new EnumMap<>(Role.class);
        bind(handle.createQuery("SELECT * FROM evaluation_sums" + OF_VERSION), federation, version)
                .map(Columns.rows(row -> Map.entry(Columns.named(Role.class, row, "role"), evaluation(row))))
                .forEach(entry -> byRole.put(entry.getKey(), entry.getValue()));
        return byRole;
    }

    private static Evaluation evaluation(ResultSet row) throws SQLException {
        return new Evaluation(
                Columns.named(Task.class, row, "task"),
                row.getInt("outputs"),
                LittleEndian.fromFloat64(row.getBytes("sums"), 1).get(0));
    }

    void deleteBefore(FederationId federation, long version) {
        bind(
                        handle.createUpdate(
                                "DELETE FROM evaluation WHERE federation = :federation AND version < :version"),
                        federation,
                        version)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, FederationId federation, long version) {
        return statement.bind("federation", federation.value()).bind("version", version);
    }
}
