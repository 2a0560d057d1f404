package dev.tributary.coordinator.web;

import dev.tributary.coordinator.engine.FederationStatus;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the API tells of: the store, and the federations that run; safe for use by many threads.
 *
 * @param definitions of the federations that this coordinator is to run
 * @param statuses of those that run now
 * @param actions on those that run now
 */
public record Federations(
        FederationStore store,
        Function<FederationId, Optional<FederationDefinition>> definitions,
        Function<FederationId, Optional<FederationStatus>> statuses,
        FederationActions actions) {

    /** The specification of the federation in the path. */
    FederationSpec spec(Request request) throws ProblemException {
        FederationId id = request.path("federation", FederationId::new);
        Optional<FederationSpec> spec = store.spec(id);
        if (spec.isEmpty()) {
            throw ProblemException.notFound("there is no federation " + id + "; there are " + store.federations());
        }
        return spec.get();
    }

    /** The device in the path. */
    Device device(FederationId federation, Request request) throws ProblemException {
        DeviceId id = request.path("device", DeviceId::new);
        Optional<Device> device = store.device(federation, id);
        if (device.isEmpty()) {
            throw ProblemException.notFound("federation " + federation + " knows no device " + id);
        }
        return device.get();
    }

    /** The version in the path, a number or {@code latest}. */
    ModelVersion version(FederationId federation, Request request) throws ProblemException {
        Optional<Long> wanted = request.path(
                "version", text -> text.equals("latest") ? Optional.empty() : Optional.of(Long.valueOf(text)));
        Optional<ModelVersion> latest = store.latestModel(federation);
        Optional<ModelVersion> version = wanted.isPresent() ? store.model(federation, wanted.get()) : latest;
        if (version.isEmpty()) {
            throw ProblemException.notFound(
                    latest.isEmpty()
                            ? "federation " + federation + " has no model yet"
                            : "federation " + federation + " has no version " + wanted.orElseThrow()
                                    + "; the newest is " + latest.get().model().version());
        }
        return version.get();
    }
}
