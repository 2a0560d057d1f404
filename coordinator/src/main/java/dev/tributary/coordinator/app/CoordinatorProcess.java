package dev.tributary.coordinator.app;

import dev.tributary.coordinator.engine.FederationListener;
import dev.tributary.coordinator.engine.FederationLoop;
import dev.tributary.coordinator.engine.FederationStatus;
import dev.tributary.coordinator.engine.FirstWeights;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.Lease;
import dev.tributary.coordinator.web.Api;
import dev.tributary.coordinator.web.EventStream;
import dev.tributary.coordinator.web.Federations;
import dev.tributary.process.ManagementServer;
import dev.tributary.process.Meters;
import dev.tributary.process.StopSignal;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import dev.tributary.update.FederationId;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a coordinator while it has the right to write, stands by while another one has it, and answers on HTTP always. */
final class CoordinatorProcess {
    private static final System.Logger LOG = System.getLogger(CoordinatorProcess.class.getName());

    private final CoordinatorConfig settings;
    private final Map<FederationId, FirstWeights> firstWeights;
    private final InstantSource clock;
    private final Optional<EventLines> lines;
    private final AtomicReference<Optional<Coordinator>> running = new AtomicReference<>(Optional.empty());

    /** A process that writes its events as lines, if lines are given, or else to its log. */
    CoordinatorProcess(
            CoordinatorConfig settings,
            Map<FederationId, FirstWeights> firstWeights,
            InstantSource clock,
            Optional<EventLines> lines) {
        this.settings = settings;
        this.firstWeights = firstWeights;
        this.clock = clock;
        this.lines = lines;
    }

    /** Runs until {@code stop}. */
    void run(FederationStore store, Lease lease, StopSignal stop) throws IOException, InterruptedException {
        PrometheusMeterRegistry registry = Meters.registry("coordinator");
        LeaseKeeper keeper = new LeaseKeeper(lease, stop);
        try (EventStream events = new EventStream();
                ManagementServer server = new ManagementServer(
                        settings.httpHost(), settings.httpPort(), registry, () -> trouble(keeper))) {
            Federations federations =
                    new Federations(store, this::definition, this::status, new RunningFederations(this::loop));
            server.routeOpen(Api.PATH, new Api(federations, events));
            server.start();
            tellReady(server);
            while (keeper.acquire()) {
                term(store, keeper, registry, events, stop);
            }
        }
    }

    private void tellReady(ManagementServer server) {
        lines.ifPresent(events -> events.ready(server.uri()));
        if (lines.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "coordinator {0} is to run {1}; http {2}; broker {3}; database {4}",
                    settings.name(),
                    settings.federations().stream()
                            .map(FederationDefinition::id)
                            .toList(),
                    server.uri(),
                    settings.broker(),
                    settings.database());
        }
    }

    /** Runs the federations while the lease is held. */
    private void term(
            FederationStore store,
            LeaseKeeper keeper,
            PrometheusMeterRegistry registry,
            EventStream stream,
            StopSignal stop)
            throws InterruptedException {
        FederationListener told =
                lines.<FederationListener>map(events -> events).orElseGet(EventLog::new);
        FederationListener listener = event -> {
            told.on(event);
            stream.on(event);
        };
        try (Coordinator coordinator = new Coordinator(
                settings.federations(),
                firstWeights,
                store,
                settings.history(),
                new PahoTransport(MqttSettings.of(settings.broker(), settings.clientId())),
                registry,
                listener,
                clock)) {
            running.set(Optional.of(coordinator));
            CompletableFuture<Void> end = settings.stopWhenFinished()
                    ? coordinator.finished().thenRun(stop::stop)
                    : new CompletableFuture<>();
            coordinator.start();
            keeper.keep();
            end.cancel(false);
        } finally {
            running.set(Optional.empty());
        }
    }

    private Optional<String> trouble(LeaseKeeper keeper) {
        return running.get()
                .map(Coordinator::trouble)
                .orElseGet(() -> keeper.trouble().or(() -> Optional.of("it starts")));
    }

    private Optional<FederationDefinition> definition(FederationId federation) {
        return settings.federations().stream()
                .filter(one -> one.id().equals(federation))
                .findFirst();
    }

    private Optional<FederationStatus> status(FederationId federation) {
        return running.get().flatMap(coordinator -> coordinator.status(federation));
    }

    private Optional<FederationLoop> loop(FederationId federation) {
        return running.get().flatMap(coordinator -> coordinator.loop(federation));
    }
}
