package dev.tributary.coordinator.web;

import dev.tributary.coordinator.engine.FederationStatus;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Federations, where they stand, and what happens in them. */
final class FederationRoutes {
    private final Federations federations;
    private final FederationStore store;

    FederationRoutes(Federations federations) {
        this.federations = federations;
        this.store = federations.store();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/federations", Page.PARAMETERS, this::list),
                Route.get("/federations/{federation}", Set.of(), this::details),
                Route.get("/federations/{federation}/events", Set.of(), this::events),
                Route.post("/federations/{federation}/pause", request -> pause(request, true)),
                Route.post("/federations/{federation}/resume", request -> pause(request, false)));
    }

    private Answer list(Request request) throws ProblemException, IOException {
        Page<FederationId> page = Page.of(request, FederationId::new);
        List<FederationId> found = store.federations().stream()
                .filter(id ->
                        page.after().filter(last -> id.compareTo(last) <= 0).isEmpty())
                .limit(page.andOneMore())
                .toList();
        return Answer.of(page.json("federations", found, this::summary, FederationId::value));
    }

    private Map<String, Object> summary(FederationId federation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("federation", federation.value());
        json.put(
                "task",
                store.spec(federation).map(spec -> spec.schema().task().name()).orElse(null));
        json.put(
                "modelVersion",
                store.latestModel(federation)
                        .map(latest -> latest.model().version())
                        .orElse(null));
        json.put(
                "state",
                federations
                        .statuses()
                        .apply(federation)
                        .map(FederationRoutes::state)
                        .orElse(null));
        return json;
    }

    private static Map<String, Object> state(FederationStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stage", status.stage());
        json.put("paused", status.paused());
        json.put("step", status.step());
        json.put("round", status.round());
        json.put("attempt", status.attempt());
        json.put("trainRounds", status.trainRounds());
        json.put("updatesWaiting", status.buffered());
        json.put("devicesOnline", status.online());
        json.put("devicesKnown", status.known());
        return json;
    }

    private Answer details(Request request) throws ProblemException, IOException {
        FederationSpec spec = federations.spec(request);
        Map<String, Object> json = summary(spec.federation());
        json.put("schema", PlanJson.schema(spec.schema()));
        json.put(
                "plan",
                federations
                        .definitions()
                        .apply(spec.federation())
                        .map(PlanJson::plan)
                        .orElse(null));
        Optional<ModelVersion> latest = store.latestModel(spec.federation());
        json.put(
                "metrics",
                EvaluationJson.roles(
                        spec.schema(),
                        latest.flatMap(version -> store.evaluation(
                                spec.federation(), version.model().version()))));
        return Answer.of(json);
    }

    private Answer pause(Request request, boolean paused) throws ProblemException, IOException {
        FederationId federation = federations.spec(request).federation();
        request.requireFields(Set.of());
        boolean isNews = Done.by(federation, federations.actions().pause(federation, paused));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("federation", federation.value());
        json.put("paused", paused);
        json.put("changed", isNews);
        return Answer.of(json);
    }

    private Answer events(Request request) throws ProblemException {
        return new Answer.Events(federations.spec(request).federation().value());
    }
}
