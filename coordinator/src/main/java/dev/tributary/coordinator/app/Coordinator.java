package dev.tributary.coordinator.app;

import dev.tributary.codec.Codecs;
import dev.tributary.coordinator.admission.Admission;
import dev.tributary.coordinator.admission.AdmissionLimits;
import dev.tributary.coordinator.engine.FederationListener;
import dev.tributary.coordinator.engine.FederationLoop;
import dev.tributary.coordinator.engine.FederationStatus;
import dev.tributary.coordinator.engine.FirstWeights;
import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.metrics.CoordinatorMeters;
import dev.tributary.coordinator.metrics.FleetTraffic;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.transport.Transport;
import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** All federations of one process over one transport; it owns the transport. */
final class Coordinator implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Coordinator.class.getName());

    private final List<FederationLoop> loops = new ArrayList<>();
    private final FederationStore store;
    private final Transport transport;
    private final Router router;

    Coordinator(
            List<FederationDefinition> definitions,
            Map<FederationId, FirstWeights> firstWeights,
            FederationStore store,
            History history,
            Transport transport,
            MeterRegistry registry,
            FederationListener listener,
            InstantSource clock) {
        this.store = store;
        this.transport = transport;
        CoordinatorMeters meters = new CoordinatorMeters(registry);
        FleetTraffic traffic = new FleetTraffic(registry, clock);
        SecureRandom random = new SecureRandom();
        for (FederationDefinition definition : definitions) {
            meters.watch(definition.id());
            definition.budget().ifPresent(budget -> {
                traffic.watch(definition.id(), budget);
                LOG.log(
                        System.Logger.Level.INFO,
                        "{0}: {1} bytes a device and day, {2} rounds: {3}",
                        definition.id(),
                        budget.bytesPerDay(),
                        budget.roundsPerDay(),
                        budget.plan());
            });
            NonceSource nonces = definition.seed().isPresent()
                    ? NonceSource.seeded(definition.seed().getAsLong())
                    : NonceSource.random(random);
            loops.add(new FederationLoop(
                    definition,
                    new FederationLoop.Parts(
                            Optional.ofNullable(firstWeights.get(definition.id())),
                            nonces,
                            new Admission(AdmissionLimits.DEFAULT, Codecs::of),
                            definition.serverOptimizer(),
                            history,
                            store,
                            transport::publish,
                            event -> {
                                meters.on(event);
                                listener.on(event);
                            },
                            clock)));
        }
        this.router = new Router(loops, meters, traffic);
    }

    /** Begins to connect and to run rounds. */
    void start() {
        loops.forEach(FederationLoop::start);
        // Earlier announcements come first, so that the devices' presence does not open a round before they are known.
        loops.forEach(loop -> transport.subscribe(Topics.round(loop.id())));
        loops.forEach(loop -> transport.subscribe(Topics.updateFilter(loop.id())));
        transport.subscribe(Topics.presenceFilter());
        transport.subscribe(Topics.metricsFilter());
        transport.start(router);
    }

    FederationStore store() {
        return store;
    }

    Optional<FederationStatus> status(FederationId federation) {
        return loops.stream()
                .filter(loop -> loop.id().equals(federation))
                .map(FederationLoop::status)
                .findFirst();
    }

    /** The federation's loop, if it runs here. */
    Optional<FederationLoop> loop(FederationId federation) {
        return loops.stream().filter(loop -> loop.id().equals(federation)).findFirst();
    }

    /** Why the coordinator cannot do its work now; empty when it can. */
    Optional<String> trouble() {
        return loops.stream()
                .flatMap(loop -> loop.trouble().stream())
                .findFirst()
                .or(() -> transport.isConnected()
                        ? Optional.empty()
                        : Optional.of("there is no connection to the broker"));
    }

    /** Completes when the last federation ended. */
    CompletableFuture<Void> finished() {
        return CompletableFuture.allOf(
                loops.stream().map(FederationLoop::finished).toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void close() {
        loops.forEach(FederationLoop::close);
        transport.close();
    }
}
