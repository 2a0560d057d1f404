package dev.tributary.demo.app;

import dev.tributary.demo.child.ChildProcess;
import dev.tributary.demo.child.ChildProcesses;
import dev.tributary.demo.child.Happening;
import dev.tributary.demo.event.Event;
import dev.tributary.demo.event.EventReader;
import dev.tributary.demo.event.Outcome;
import dev.tributary.demo.report.LeftOut;
import dev.tributary.demo.report.ResultJson;
import dev.tributary.demo.report.RoundTable;
import dev.tributary.demo.report.Show;
import dev.tributary.demo.report.Summary;
import dev.tributary.demo.setup.DemoFederation;
import dev.tributary.demo.setup.FleetDescription;
import dev.tributary.demo.setup.LocalPort;
import dev.tributary.demo.setup.PlanProblems;
import dev.tributary.demo.setup.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** One run from the first process to the summary. {@link #close} is safe from any thread, the rest belongs to one. */
final class DemoRun implements Callable<Integer>, AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Configuration is read by then; connecting to the broker that does not run yet may take for ever. */
    private static final Duration FOR_CONFIGURATION = Duration.ofSeconds(8);

    private final DemoOptions options;
    private final ChildProcesses children;
    private final Screen screen;
    private final Patience patience = new Patience(System::nanoTime);
    private final List<String> description = new ArrayList<>();
    private volatile Optional<RunFolder> folder = Optional.empty();
    private Progress progress = new Progress(new RoundTable(true, false), new LeftOut(Set.of()), List.of());
    private boolean described;
    private boolean brokerListens;
    private long lastOnline = -1;

    DemoRun(DemoOptions options, ChildProcesses children, Screen screen) {
        this.options = options;
        this.children = children;
        this.screen = screen;
    }

    @Override
    public Integer call() throws DemoFailure, InterruptedException {
        int brokerPort = free("--port", options.port());
        int httpPort = free("--http-port", options.httpPort());
        int brokerMetricsPort = free("--port", 0);
        FleetDescription fleet = describe();
        introduce(fleet);
        progress = new Progress(
                new RoundTable(fleet.task().equals("classification"), fleet.evaluators() > 0),
                new LeftOut(fleet.byzantine()),
                fleet.problems());
        startCoordinator(fleet, brokerPort, httpPort);
        startBroker(brokerPort, brokerMetricsPort);
        startFleet(fleet, brokerPort);
        await(() -> progress.outcome().isPresent());
        Outcome outcome = progress.outcome().orElseThrow();
        Meters.Reading bytes = new Meters(progress.fleet().orElseThrow().http(), brokerMetricsPort).read();
        screen.line("");
        screen.lines(Summary.lines(outcome, progress.trainLosses(), bytes.fleet()));
        progress.leftOut().line().ifPresent(screen::line);
        if (options.json()) {
            screen.result(ResultJson.of(
                    outcome,
                    fleet.simulated(),
                    progress.trainLosses(),
                    progress.rejectedDevices(),
                    progress.leftOut(),
                    bytes.fleet(),
                    bytes.broker()));
        }
        if (options.rounds().isPresent()) {
            return 0;
        }
        screen.line("");
        String http = "http://127.0.0.1:" + httpPort;
        screen.line("Keeps serving: predictions on topic tributary/v1/" + DemoFederation.NAME
                + "/prediction/{device}, metrics at " + http + "/metrics; Ctrl-C stops.");
        screen.line("Take the model: tributary export --coordinator " + http + " --federation " + DemoFederation.NAME
                + " --format onnx --out model.onnx");
        serve();
        return 0;
    }

    private static int free(String option, int port) throws DemoFailure {
        return LocalPort.free(port)
                .orElseThrow(() -> new DemoFailure(
                        DemoFailure.FAILED,
                        "port " + port + " on 127.0.0.1 is in use; choose another with " + option
                                + " (0 takes a free one)"));
    }

    private FleetDescription describe() throws DemoFailure, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("simulate", "--describe", "--federation", DemoFederation.NAME));
        arguments.addAll(options.fleetArguments());
        start("description", arguments);
        await(() -> described);
        FleetDescription fleet = FleetDescription.parse(String.join("\n", description))
                .orElseThrow(() -> new DemoFailure(DemoFailure.FAILED, "the fleet did not describe itself"));
        if (fleet.trainers() == 0) {
            String why = fleet.problems().isEmpty() ? "" : ": " + String.join("; ", fleet.problems());
            throw new DemoFailure(DemoFailure.BAD_USAGE, "no device is left that can train" + why);
        }
        return fleet;
    }

    private void introduce(FleetDescription fleet) {
        String plant = fleet.simulated() ? "A built-in plant, which is a simulator and no real machine: " : "";
        String source = options.isExample() ? "A built-in example, made of random numbers: " : plant;
        String hostile = fleet.byzantine().isEmpty()
                ? ""
                : " Hostile, as --byzantine asks: "
                        + Show.count(fleet.byzantine().size(), "device") + ".";
        String roles = fleet.evaluators() == 0 ? "" : " (" + fleet.evaluators() + " of them new: they only evaluate)";
        screen.line(source + Show.count(fleet.devices(), "device") + roles + ", "
                + Show.count(fleet.features().size(), "feature") + ", "
                + (fleet.task().equals("classification")
                        ? Show.count(fleet.outputs().size(), "label") + "."
                        : "predicting " + String.join(", ", fleet.outputs()) + ".")
                + hostile);
        if (!fleet.guessed().isBlank()) {
            screen.line("Guessed: " + fleet.guessed() + ".");
        }
        fleet.problems().forEach(problem -> screen.line("Noticed: " + problem));
    }

    /** First of all, because it knows what a plan may say, and nothing has to be undone when it refuses. */
    private void startCoordinator(FleetDescription fleet, int brokerPort, int httpPort)
            throws DemoFailure, InterruptedException {
        DemoFederation federation =
                new DemoFederation(fleet, options.plan(), options.rounds(), OptionalLong.of(options.seed()));
        try {
            folder = Optional.of(
                    RunFolder.create(Path.of(System.getProperty("java.io.tmpdir")), federation, brokerPort, httpPort));
        } catch (IOException failed) {
            throw new DemoFailure(DemoFailure.FAILED, failed.getMessage());
        }
        RunFolder run = folder.orElseThrow();
        start(
                "coordinator",
                List.of("coordinator", "--config", run.coordinatorFile().toString(), "--events", "--stop-with-stdin"));
        long end = System.nanoTime() + FOR_CONFIGURATION.toNanos();
        await(() -> progress.coordinator().isPresent() || System.nanoTime() > end);
        screen.line("Coordinator: metrics at http://127.0.0.1:" + httpPort + "/metrics; federation file "
                + run.federationFile());
    }

    private void startBroker(int port, int metricsPort) throws DemoFailure, InterruptedException {
        start(
                "broker",
                List.of(
                        "broker",
                        "--port=" + port,
                        "--metrics-port=" + metricsPort,
                        "--in-memory",
                        "--stop-with-stdin"));
        await(() -> brokerListens);
        screen.line("Broker: mqtt://127.0.0.1:" + port + "; its own count of bytes at http://127.0.0.1:" + metricsPort
                + "/metrics");
    }

    private void startFleet(FleetDescription fleet, int brokerPort) throws DemoFailure, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "simulate",
                "--broker=tcp://127.0.0.1:" + brokerPort,
                "--federation=" + DemoFederation.NAME,
                "--http-port=0",
                "--events",
                "--stop-with-stdin"));
        arguments.addAll(options.fleetArguments());
        if (options.rounds().isEmpty()) {
            arguments.add("--reading-interval=5s");
        }
        start("fleet", arguments);
        await(() -> progress.fleet().isPresent());
        Event.Ready ready = progress.fleet().orElseThrow();
        screen.line("Fleet: " + Show.count(ready.devices(), "device") + " connected; metrics at " + ready.http()
                + "/metrics");
        screen.line("");
        if (ready.trainers() < fleet.trainers()) {
            throw new DemoFailure(
                    DemoFailure.FAILED,
                    "only " + ready.trainers() + " of " + fleet.trainers() + " training devices are there: "
                            + String.join("; ", progress.failedDevices()));
        }
    }

    private ChildProcess start(String name, List<String> arguments) throws DemoFailure {
        try {
            return children.start(name, arguments);
        } catch (IOException failed) {
            throw new DemoFailure(DemoFailure.FAILED, "cannot start the " + name + ": " + failed.getMessage());
        }
    }

    private void await(BooleanSupplier done) throws DemoFailure, InterruptedException {
        patience.progressed();
        while (!done.getAsBoolean()) {
            hear();
            if (patience.isOver()) {
                throw new DemoFailure(
                        DemoFailure.FAILED,
                        "nothing happened for " + Patience.LIMIT.toSeconds() + " s; waited for " + waitsFor());
            }
            patience.reminder()
                    .ifPresent(idle -> screen.line("... " + idle.toSeconds() + " s: waiting for " + waitsFor()));
        }
    }

    private void serve() throws DemoFailure, InterruptedException {
        while (true) {
            hear();
        }
    }

    private void hear() throws DemoFailure, InterruptedException {
        Optional<Happening> happening = children.next(TICK);
        if (children.isClosing()) {
            throw new DemoFailure(DemoFailure.FAILED, "stopped");
        }
        if (screen.isGone()) {
            throw new DemoFailure(DemoFailure.FAILED, "nobody reads the output any more");
        }
        if (happening.isEmpty()) {
            return;
        }
        if (happening.get() instanceof Happening.Ended ended) {
            ended(ended);
        } else if (happening.get() instanceof Happening.Line line) {
            said(line.child().name(), line.text());
        }
    }

    private void said(String child, String text) {
        List<String> lines = switch (child) {
            case "description" -> {
                description.add(text);
                yield List.of();
            }
            case "broker" -> {
                brokerListens |= text.startsWith("broker listening");
                yield List.of();
            }
            case "coordinator" -> progress.coordinatorTold(EventReader.read(text));
            default -> progress.fleetTold(EventReader.read(text));
        };
        screen.lines(lines);
        long online = progress.online();
        if (lines.isEmpty() && online == lastOnline && online >= 0) {
            return; // the coordinator waits as it did a second ago
        }
        patience.progressed();
        lastOnline = online;
        if (online >= 0 && progress.fleet().isPresent()) {
            screen.line("waiting for " + progress.waitsFor());
        }
    }

    private void ended(Happening.Ended ended) throws DemoFailure {
        String name = ended.child().name();
        int exitCode = ended.exitCode();
        if (name.equals("description") && exitCode == 0) {
            described = true;
            return;
        }
        String words = ended.child().lastWords();
        if (exitCode == DemoFailure.BAD_USAGE && name.equals("description")) {
            throw new DemoFailure(
                    DemoFailure.BAD_USAGE, firstWords(ended.child().errorOutput()));
        }
        if (exitCode == DemoFailure.BAD_USAGE && name.equals("coordinator")) {
            throw new DemoFailure(
                    DemoFailure.BAD_USAGE,
                    PlanProblems.inWordsOfTheCommandLine(ended.child().errorOutput()));
        }
        throw new DemoFailure(
                DemoFailure.FAILED,
                "the " + (name.equals("description") ? "fleet" : name) + " ended unexpectedly with exit code "
                        + exitCode + (words.isEmpty() ? "" : ": " + words));
    }

    private static String firstWords(String errorOutput) {
        return errorOutput
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("wrong usage")
                .replaceFirst("^tributary simulate: ", "");
    }

    private String waitsFor() {
        if (!described) {
            return "the fleet to look at its data";
        }
        return brokerListens || progress.coordinator().isEmpty() ? progress.waitsFor() : "the broker to listen";
    }

    /** Ends all children and removes the run's files. */
    @Override
    public void close() {
        children.close();
        folder.ifPresent(RunFolder::close);
    }
}
