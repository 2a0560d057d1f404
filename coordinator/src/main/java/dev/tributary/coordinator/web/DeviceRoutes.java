package dev.tributary.coordinator.web;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.store.DeviceRound;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Devices, and why they did or did not take part. */
final class DeviceRoutes {
    private static final int LONGEST_REASON = 200;

    private final Federations federations;
    private final FederationStore store;

    DeviceRoutes(Federations federations) {
        this.federations = federations;
        this.store = federations.store();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/federations/{federation}/devices", Page.PARAMETERS, this::list),
                Route.get("/federations/{federation}/devices/{device}", Set.of(), this::details),
                Route.get("/federations/{federation}/devices/{device}/rounds", Page.PARAMETERS, this::rounds),
                Route.post("/federations/{federation}/devices/{device}/quarantine", this::quarantine),
                Route.post("/federations/{federation}/devices/{device}/release", this::release),
                Route.post("/federations/{federation}/devices/{device}/roll-back", this::rollBack));
    }

    private Answer list(Request request) throws ProblemException, IOException {
        FederationId federation = federations.spec(request).federation();
        Page<DeviceId> page = Page.of(request, DeviceId::new);
        List<Device> found = store.devices(federation, page.after(), page.andOneMore());
        return Answer.of(page.json("devices", found, device -> json(federation, device), Device::id));
    }

    private Map<String, Object> json(FederationId federation, Device device) {
        return DeviceJson.device(device, store.answers(federation, device.id()));
    }

    private Answer details(Request request) throws ProblemException, IOException {
        FederationId federation = federations.spec(request).federation();
        return Answer.of(json(federation, federations.device(federation, request)));
    }

    private Answer quarantine(Request request) throws ProblemException, IOException {
        String reason = request.requireFields(Set.of("reason"))
                .text("reason", LONGEST_REASON)
                .orElse("");
        return quarantined(request, Optional.of(reason));
    }

    private Answer release(Request request) throws ProblemException, IOException {
        request.requireFields(Set.of());
        return quarantined(request, Optional.empty());
    }

    private Answer quarantined(Request request, Optional<String> reason) throws ProblemException, IOException {
        FederationId federation = federations.spec(request).federation();
        DeviceId device = federations.device(federation, request).id();
        Done.by(federation, federations.actions().quarantine(federation, device, reason));
        return details(request);
    }

    private Answer rollBack(Request request) throws ProblemException, IOException {
        FederationId federation = federations.spec(request).federation();
        DeviceId device = federations.device(federation, request).id();
        Lineage lineage = new Lineage(store.versions(federation, OptionalLong.empty(), Integer.MAX_VALUE));
        long version = lineage.lastBefore(device, store.versionsCounting(federation, device));
        return ModelRoutes.rolledBack(federations, federation, version, request);
    }

    private Answer rounds(Request request) throws ProblemException, IOException {
        FederationId federation = federations.spec(request).federation();
        Device device = federations.device(federation, request);
        Page<RoundId> page = Page.of(request, RoundRoutes::id);
        List<DeviceRound> found = store.roundsOf(federation, device.id(), page.after(), page.andOneMore());
        return Answer.of(page.json(
                "rounds",
                found,
                round -> DeviceJson.round(device, round),
                round -> round.announcement().round()));
    }
}
