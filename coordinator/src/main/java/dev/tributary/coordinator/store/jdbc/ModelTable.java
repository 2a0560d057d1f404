package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.VersionRecord;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The statements of {@code model_version}; a version's schema is that of its revision's specification. */
final class ModelTable {
    private final Handle handle;

    ModelTable(Handle handle) {
        this.handle = handle;
    }

    void save(FederationId federation, ModelVersion version) {
        GlobalModel model = version.model();
        int revision = model.schema().revision();
        boolean isKnown = new SpecTable(handle)
                .find(federation, revision)
                .filter(spec -> spec.schema().equals(model.schema()))
                .isPresent();
        if (!isKnown) {
            throw new IllegalArgumentException("schema must be that of a specification of federation " + federation
                    + " that is kept, was another of revision " + revision);
        }
        handle.createUpdate("INSERT INTO model_version (federation, version, base_version, restored_from,"
                        + " round_number, attempt, revision, weights, committed_at) VALUES (:federation, :version,"
                        + " :baseVersion, :restoredFrom, :roundNumber, :attempt, :revision, :weights, :committedAt)")
                .bind("federation", federation.value())
                .bind("version", model.version())
                .bind("baseVersion", Columns.number(version.baseVersion()))
                .bind("restoredFrom", Columns.number(version.restoredFrom()))
                .bind("roundNumber", version.round().map(RoundId::number).orElse(null))
                .bind("attempt", version.round().map(RoundId::attempt).orElse(null))
                .bind("revision", revision)
                .bind("weights", LittleEndian.float32(model.weights().values()))
                .bind("committedAt", version.committedAt().toEpochMilli())
                .execute();
    }

    OptionalLong newestNumber(FederationId federation) {
        return number("SELECT MAX(version) AS version FROM model_version WHERE federation = :federation", federation);
    }

    Optional<ModelVersion> find(FederationId federation, long version) {
        return versions(
                        federation,
                        select(
                                        "SELECT * FROM model_version WHERE federation = :federation AND version = :version",
                                        federation)
                                .bind("version", version))
                .stream()
                .findFirst();
    }

    List<ModelVersion> newestFirst(FederationId federation, int limit) {
        return versions(
                federation,
                select(
                                "SELECT * FROM model_version WHERE federation = :federation"
                                        + " ORDER BY version DESC LIMIT :limit",
                                federation)
                        .bind("limit", limit));
    }

    /** Without weights. */
    List<VersionRecord> records(FederationId federation, OptionalLong before, int limit) {
        return select(
                        "SELECT version, revision, base_version, restored_from, round_number, attempt, committed_at"
                                + " FROM model_version WHERE federation = :federation AND version < :before"
                                + " ORDER BY version DESC LIMIT :limit",
                        federation)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map(Columns.rows(row -> new VersionRecord(
                        row.getLong("version"),
                        row.getInt("revision"),
                        Columns.optionalLong(row, "base_version"),
                        Columns.optionalLong(row, "restored_from"),
                        round(row),
                        Columns.instant(row, "committed_at"))))
                .list();
    }

    private static Optional<RoundId> round(ResultSet row) throws SQLException {
        OptionalLong round = Columns.optionalLong(row, "round_number");
        return round.isPresent()
                ? Optional.of(new RoundId(round.getAsLong(), row.getInt("attempt")))
                : Optional.empty();
    }

    /** The oldest version that is among the newest {@code count} and not older than {@code since}, else the newest. */
    OptionalLong oldestToKeep(FederationId federation, int count, Instant since) {
        OptionalLong oldest = select(
                        "SELECT MIN(version) AS version FROM (SELECT version, committed_at FROM model_version"
                                + " WHERE federation = :federation ORDER BY version DESC LIMIT :count) newest"
                                + " WHERE committed_at >= :since",
                        federation)
                .bind("count", Math.max(count, 1))
                .bind("since", since.toEpochMilli())
                .map(Columns.rows(row -> Columns.optionalLong(row, "version")))
                .one();
        return oldest.isPresent() ? oldest : newestNumber(federation);
    }

    void deleteBefore(FederationId federation, long version) {
        handle.createUpdate("DELETE FROM model_version WHERE federation = :federation AND version < :version")
                .bind("federation", federation.value())
                .bind("version", version)
                .execute();
    }

    private Query select(String sql, FederationId federation) {
        return handle.createQuery(sql).bind("federation", federation.value());
    }

    private OptionalLong number(String sql, FederationId federation) {
        return select(sql, federation)
                .map(Columns.rows(row -> Columns.optionalLong(row, "version")))
                .one();
    }

    /** The versions that this selects; each revision's specification is read once. */
    private List<ModelVersion> versions(FederationId federation, Query query) {
        Map<Integer, ModelSchema> schemas = new HashMap<>();
        SpecTable specs = new SpecTable(handle);
        return query.map(Columns.rows(row -> version(
                        row,
                        schemas.computeIfAbsent(
                                row.getInt("revision"),
                                revision -> specs.find(federation, revision)
                                        .map(FederationSpec::schema)
                                        .orElseThrow()))))
                .list();
    }

    private static ModelVersion version(ResultSet row, ModelSchema schema) throws SQLException {
        Weights weights = new Weights(schema.layout(), LittleEndian.fromFloat32(row.getBytes("weights")));
        return new ModelVersion(
                new GlobalModel(row.getLong("version"), schema, weights),
                Columns.optionalLong(row, "base_version"),
                Columns.optionalLong(row, "restored_from"),
                round(row),
                Columns.instant(row, "committed_at"));
    }
}
