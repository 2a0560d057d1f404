package dev.tributary.agent.app;

import dev.tributary.agent.simulate.BothListeners;
import dev.tributary.agent.simulate.DeviceData;
import dev.tributary.agent.simulate.Fleet;
import dev.tributary.agent.simulate.FleetReport;
import dev.tributary.learning.Predictors;
import dev.tributary.process.ManagementServer;
import dev.tributary.process.Meters;
import dev.tributary.process.StopSignal;
import dev.tributary.transport.Publication;
import dev.tributary.transport.Transport;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/**
 * The process of a simulated fleet, from connecting to the word to stop.
 *
 * @param state the folder of what devices remember; empty: they remember nothing
 */
record FleetProcess(
        URI broker,
        Duration keepAlive,
        FederationId federation,
        int httpPort,
        Duration readingInterval,
        boolean stopWithStdin,
        FleetOutput output,
        PrintStream err,
        Optional<Path> state,
        Optional<Path> journalFile) {
    private static final System.Logger LOG = System.getLogger(FleetProcess.class.getName());
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Runs until it is told to stop; returns the exit code. */
    int run(FleetReport report) throws InterruptedException {
        try (StopSignal stop = StopSignal.install()) {
            if (stopWithStdin) {
                stop.orStdinEnd();
            }
            output.loaded(report);
            runUntil(stop, report);
            output.stopped(report.data().devices().size());
            return ExitCode.OK;
        } catch (IOException | UncheckedIOException e) {
            err.println("tributary simulate: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private void runUntil(StopSignal stop, FleetReport report) throws IOException, InterruptedException {
        PrometheusMeterRegistry registry = Meters.registry("tributary-fleet");
        FleetMeters meters = new FleetMeters(registry);
        try (Journals journals = Journals.at(journalFile);
                DeviceStates states = new DeviceStates(state);
                WorkThreads work = new WorkThreads();
                Timers timers = new Timers();
                Fleet fleet = new Fleet(
                        federation,
                        report,
                        new Fleet.Surroundings(
                                this::transport,
                                work,
                                new SystemSessionClock(timers.executor()),
                                states::of,
                                device -> new BothListeners(meters.listener(), journals.of(device)),
                                Predictors::of));
                ManagementServer http = new ManagementServer(
                        "127.0.0.1", httpPort, registry, ManagementServer.unless(fleet::isConnected))) {
            registry.gauge("tributary.devices.connected", fleet, Fleet::connectedCount);
            http.start();
            journals.started(
                    report.data().devices().stream().map(DeviceData::id).toList());
            fleet.start();
            if (awaitConnected(stop, fleet, meters)) {
                output.ready(report, broker, http.uri());
                if (!readingInterval.isZero()) {
                    timers.every(readingInterval, () -> fleet.read(meters::predicted));
                }
            }
            stop.await();
        }
    }

    private Transport transport(DeviceId device, Publication will, Optional<Duration> asked) {
        return new PahoTransport(MqttSettings.ofDevice(broker, device.value(), will)
                .withKeepAlive(keepAlive)
                .withKeepAliveAtLeast(asked));
    }

    private boolean awaitConnected(StopSignal stop, Fleet fleet, FleetMeters meters) throws InterruptedException {
        long patient = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        while (!fleet.isConnected()) {
            if (!told && System.nanoTime() > patient) {
                told = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} of {1} devices are connected to {2}; going on trying{3}",
                        fleet.connectedCount(),
                        fleet.size(),
                        broker,
                        meters.lastFailure().map(reason -> ": " + reason).orElse(""));
            }
            if (stop.await(LOOK)) {
                return false;
            }
        }
        return true;
    }
}
