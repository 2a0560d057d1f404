package dev.tributary.agent.app;

import dev.tributary.agent.simulate.Fleet;
import dev.tributary.agent.simulate.FleetReport;
import dev.tributary.learning.LinearPredictor;
import dev.tributary.process.ManagementServer;
import dev.tributary.process.Meters;
import dev.tributary.process.StopSignal;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import dev.tributary.update.FederationId;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.ExitCode;

/** The process of a simulated fleet, from connecting to the word to stop. */
record FleetProcess(
        URI broker,
        FederationId federation,
        int httpPort,
        Duration readingInterval,
        boolean stopWithStdin,
        FleetOutput output,
        PrintStream err) {
    private static final System.Logger LOG = System.getLogger(FleetProcess.class.getName());
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Runs until it is told to stop; returns the exit code. */
    int run(FleetReport report) throws InterruptedException {
        int count = report.data().devices().size();
        try (StopSignal stop = StopSignal.install();
                FleetTimer timer = new FleetTimer()) {
            if (stopWithStdin) {
                var unused = stop.orStdinEnd();
            }
            PrometheusMeterRegistry registry = Meters.registry("fleet");
            FleetMeters meters = new FleetMeters(registry);
            AtomicReference<Fleet> running = new AtomicReference<>();
            try (ManagementServer http = new ManagementServer(
                            "127.0.0.1",
                            httpPort,
                            registry,
                            () -> running.get() != null && running.get().isConnected());
                    WorkThreads work = new WorkThreads();
                    Fleet fleet = new Fleet(
                            federation,
                            report,
                            new Fleet.Surroundings(
                                    (device, will) -> new PahoTransport(MqttSettings.of(broker, device.value())
                                            .withWill(will)
                                            .withCleanStart()),
                                    work,
                                    timer,
                                    meters,
                                    LinearPredictor::of))) {
                output.loaded(report);
                meters.observe(registry, fleet);
                http.start();
                running.set(fleet);
                fleet.start();
                if (awaitConnected(stop, fleet, meters, count)) {
                    output.ready(report, broker, http.uri());
                    if (!readingInterval.isZero()) {
                        timer.every(readingInterval, fleet::read);
                    }
                }
                stop.await();
            }
            output.stopped(count);
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("tributary simulate: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private boolean awaitConnected(StopSignal stop, Fleet fleet, FleetMeters meters, int count)
            throws InterruptedException {
        long patient = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        while (!fleet.isConnected()) {
            if (!told && System.nanoTime() > patient) {
                told = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} of {1} devices are connected to {2}; going on trying{3}",
                        fleet.connectedCount(),
                        count,
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
