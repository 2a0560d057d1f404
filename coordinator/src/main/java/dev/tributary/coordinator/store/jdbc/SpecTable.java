package dev.tributary.coordinator.store.jdbc;

import dev.tributary.model.Bytes;
import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.FederationId;
import dev.tributary.wire.WireMapper;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of {@code spec}: each schema revision's specification, as the wire has it. */
final class SpecTable {
    private final Handle handle;

    SpecTable(Handle handle) {
        this.handle = handle;
    }

    /** Keeps the specification, in place of the one with the same revision. */
    void save(FederationSpec spec) {
        ModelSchema schema = spec.schema();
        boolean isAnother = find(spec.federation(), schema.revision())
                .map(known -> !known.schema().equals(schema))
                .orElse(false);
        if (isAnother && isUsed(spec.federation(), schema.revision())) {
            throw new IllegalArgumentException(
                    "schema of revision " + schema.revision() + " must stay that of its model versions, was another");
        }
        handle.createUpdate("INSERT INTO spec (federation, revision, body) VALUES (:federation, :revision, :body)"
                        + " ON CONFLICT (federation, revision) DO UPDATE SET body = excluded.body")
                .bind("federation", spec.federation().value())
                .bind("revision", schema.revision())
                .bind("body", WireMapper.encode(spec).toArray())
                .execute();
    }

    private boolean isUsed(FederationId federation, int revision) {
        return handle.createQuery("SELECT COUNT(*) FROM model_version WHERE federation = :federation"
                                + " AND revision = :revision")
                        .bind("federation", federation.value())
                        .bind("revision", revision)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    Optional<FederationSpec> newest(FederationId federation) {
        return handle.createQuery("SELECT body FROM spec WHERE federation = :federation ORDER BY revision DESC LIMIT 1")
                .bind("federation", federation.value())
                .map(Columns.rows(row -> decoded(federation, Columns.bytes(row, "body"))))
                .findOne();
    }

    Optional<FederationSpec> find(FederationId federation, int revision) {
        return handle.createQuery("SELECT body FROM spec WHERE federation = :federation AND revision = :revision")
                .bind("federation", federation.value())
                .bind("revision", revision)
                .map(Columns.rows(row -> decoded(federation, Columns.bytes(row, "body"))))
                .findOne();
    }

    private static FederationSpec decoded(FederationId federation, Bytes body) {
        return WireMapper.decodeSpec(federation, body);
    }
}
