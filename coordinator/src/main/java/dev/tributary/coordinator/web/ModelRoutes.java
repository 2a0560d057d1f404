package dev.tributary.coordinator.web;

import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.coordinator.store.VersionRecord;
import dev.tributary.export.ModelExport;
import dev.tributary.export.ModelFormat;
import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Model versions: where they come from, how good they are, as files, and the way back to one. */
final class ModelRoutes {
    private final Federations federations;
    private final FederationStore store;

    ModelRoutes(Federations federations) {
        this.federations = federations;
        this.store = federations.store();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/federations/{federation}/models", Page.PARAMETERS, this::list),
                Route.get("/federations/{federation}/models/{version}", Set.of(), this::details),
                Route.get("/federations/{federation}/models/{version}/file", Set.of("format"), this::file),
                Route.post("/federations/{federation}/models/{version}/roll-back", this::rollBack));
    }

    private Answer list(Request request) throws ProblemException, IOException {
        FederationSpec spec = federations.spec(request);
        Page<Long> page = Page.of(request, Long::valueOf);
        OptionalLong before = page.after().map(OptionalLong::of).orElse(OptionalLong.empty());
        List<VersionRecord> found = store.versions(spec.federation(), before, page.andOneMore());
        return Answer.of(page.json("models", found, version -> json(spec, version), VersionRecord::version));
    }

    private Map<String, Object> json(FederationSpec spec, VersionRecord version) {
        FederationId federation = spec.federation();
        ModelSchema schema = spec.schema();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version.version());
        json.put("schemaRevision", version.revision());
        json.put("baseVersion", number(version.baseVersion()));
        json.put("restoredFrom", number(version.restoredFrom()));
        json.put("round", version.round().map(Object::toString).orElse(null));
        json.put("committedAt", version.committedAt().toString());
        json.put(
                "contributors",
                contributors(federation, version).map(List::size).orElse(null));
        json.put("metrics", EvaluationJson.roles(schema, store.evaluation(federation, version.version())));
        return json;
    }

    private Optional<List<DeviceId>> contributors(FederationId federation, VersionRecord version) {
        return version.round().flatMap(round -> store.round(federation, round)).map(RoundRecord::contributors);
    }

    private static Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private Answer details(Request request) throws ProblemException, IOException {
        FederationSpec spec = federations.spec(request);
        VersionRecord version = VersionRecord.of(federations.version(spec.federation(), request));
        Map<String, Object> json = json(spec, version);
        json.put(
                "contributorIds",
                contributors(spec.federation(), version).orElse(List.of()).stream()
                        .map(DeviceId::value)
                        .distinct()
                        .toList());
        return Answer.of(json);
    }

    private Answer file(Request request) throws ProblemException, IOException {
        FederationId federation = federations.spec(request).federation();
        ModelFormat format = request.query("format", ModelRoutes::format).orElse(ModelFormat.JSON);
        ModelVersion version = federations.version(federation, request);
        Optional<String> refusal = ModelExport.refusal(version.model().schema(), format);
        if (refusal.isPresent()) {
            throw ProblemException.conflict(refusal.get());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelExport.write(version.model(), format, bytes);
        String name = federation + "-" + version.model().version() + "." + word(format);
        return new Answer.Whole(
                200,
                format == ModelFormat.JSON ? "application/json" : "application/octet-stream",
                Map.of(
                        "Content-Disposition",
                        "attachment; filename=\"" + name + "\"",
                        "Tributary-Model-Version",
                        Long.toString(version.model().version())),
                bytes.toByteArray());
    }

    private static ModelFormat format(String word) {
        for (ModelFormat format : ModelFormat.values()) {
            if (word(format).equals(word)) {
                return format;
            }
        }
        throw new IllegalArgumentException("format must be tribuo, onnx or json, was " + word);
    }

    private static String word(ModelFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private Answer rollBack(Request request) throws ProblemException, IOException {
        FederationId federation = federations.spec(request).federation();
        ModelVersion version = federations.version(federation, request);
        return rolledBack(federations, federation, version.model().version(), request);
    }

    /** Rolls back, if the newest version is that which the request expects. */
    static Answer rolledBack(Federations federations, FederationId federation, long version, Request request)
            throws ProblemException, IOException {
        OptionalLong expected = request.requireFields(Set.of("expectedVersion")).whole("expectedVersion");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", Done.by(federation, federations.actions().rollBack(federation, version, expected)));
        json.put("restoredFrom", version);
        return Answer.of(json);
    }
}
