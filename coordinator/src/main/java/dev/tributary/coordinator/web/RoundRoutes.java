package dev.tributary.coordinator.web;

import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.KnownRound;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rounds, and what devices did in them. */
final class RoundRoutes {
    private static final Pattern ROUND = Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,9}))?");

    private final Federations federations;
    private final FederationStore store;

    RoundRoutes(Federations federations) {
        this.federations = federations;
        this.store = federations.store();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/federations/{federation}/rounds", Page.PARAMETERS, this::list),
                Route.get("/federations/{federation}/rounds/{round}", Set.of(), this::details),
                Route.get("/federations/{federation}/rounds/{round}/devices", Page.PARAMETERS, this::devices));
    }

    /** The round of this name: its number, and its attempt after a dot if that is not the first. */
    static RoundId id(String text) {
        Matcher parts = ROUND.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("round must be like 7 or 7.2, was " + text);
        }
        return new RoundId(
                Long.parseLong(parts.group(1)), parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2)));
    }

    private Answer list(Request request) throws ProblemException, IOException {
        FederationSpec spec = federations.spec(request);
        Page<RoundId> page = Page.of(request, RoundRoutes::id);
        List<KnownRound> found = store.rounds(spec.federation(), page.after(), page.andOneMore());
        return Answer.of(page.json("rounds", found, round -> json(spec, round), KnownRound::id));
    }

    private Map<String, Object> json(FederationSpec spec, KnownRound round) {
        FederationId federation = spec.federation();
        return RoundJson.round(
                round,
                store.answers(federation, round.id()),
                spec.schema(),
                RoundJson.evaluatedVersion(round).flatMap(version -> store.evaluation(federation, version)));
    }

    private KnownRound round(FederationId federation, Request request) throws ProblemException {
        RoundId id = request.path("round", RoundRoutes::id);
        Optional<KnownRound> round = store.knownRound(federation, id);
        if (round.isEmpty()) {
            throw ProblemException.notFound("federation " + federation + " has no round " + id + ", or has it no more");
        }
        return round.get();
    }

    private Answer details(Request request) throws ProblemException, IOException {
        FederationSpec spec = federations.spec(request);
        KnownRound round = round(spec.federation(), request);
        Map<String, Object> json = json(spec, round);
        json.put(
                "contributors",
                round.closed()
                        .map(closed -> closed.contributors().stream()
                                .map(DeviceId::value)
                                .toList())
                        .orElse(List.of()));
        return Answer.of(json);
    }

    private Answer devices(Request request) throws ProblemException, IOException {
        FederationSpec spec = federations.spec(request);
        KnownRound round = round(spec.federation(), request);
        Page<DeviceId> page = Page.of(request, DeviceId::new);
        List<Participation> found =
                store.participations(spec.federation(), round.id(), page.after(), page.andOneMore());
        return Answer.of(page.json(
                "devices", found, RoundJson::participation, one -> one.device().value()));
    }
}
