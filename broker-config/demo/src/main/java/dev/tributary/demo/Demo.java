package dev.tributary.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.demo.process.ChildProcess;
import dev.tributary.demo.process.ChildProcesses;
import dev.tributary.demo.report.Numbers;
import dev.tributary.demo.report.RoundTable;
import dev.tributary.demo.report.Summary;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One demonstration, from the look at the data to the summary; used by one thread. */
public final class Demo {
    private static final long STEP_MILLIS = 60_000;
    private static final long SILENCE_MILLIS = 240_000;

    private final DemoOptions options;
    private final ChildProcesses children;
    private final RunFolder folder;
    private final Consumer<String> screen;
    private final Map<Long, Map<String, Object>> closedTrainRounds = new LinkedHashMap<>();
    private final List<Map<String, Object>> rejected = new ArrayList<>();
    private RoundTable table;
    private String coordinatorUrl = "";
    private String fleetUrl = "";
    private String brokerUrl = "";
    private long trainRoundsClosed;

    Demo(DemoOptions options, ChildProcesses children, RunFolder folder, Consumer<String> screen) {
        this.options = options;
        this.children = children;
        this.folder = folder;
        this.screen = screen;
    }

    /** Runs to the end of the federation; the map is the JSON object for the last line. */
    Map<String, Object> run() throws DemoFailure, IOException, InterruptedException {
        FleetDescription fleet = describe();
        folder.write(options, fleet);
        tellFleet(fleet);
        startBroker();
        startCoordinator();
        startFleet();
        return follow(fleet);
    }

    private FleetDescription describe() throws DemoFailure, IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("simulate", "--describe", "--federation", options.federation()));
        arguments.addAll(options.fleetArguments());
        ChildProcess child = children.start("fleet", arguments);
        String json = "";
        long deadline = System.nanoTime() + STEP_MILLIS * 1_000_000;
        while (System.nanoTime() < deadline) {
            ChildProcesses.Event event = children.next(1_000);
            if (event != null && event.ended()) {
                int code = child.waitFor(1_000);
                if (code != 0) {
                    throw new DemoFailure(code == 2 ? 2 : 1, lastWord(child));
                }
                return FleetDescription.parse(json);
            }
            if (event != null && event.line().startsWith("{")) {
                json = event.line();
            }
        }
        throw new DemoFailure(1, "reading the data took more than " + STEP_MILLIS / 1_000 + " s");
    }

    private void tellFleet(FleetDescription fleet) {
        if (fleet.simulated()) {
            screen.accept("data     a SIMULATED plant (no --data): " + fleet.guessed());
        } else {
            screen.accept("data     " + options.data + ": " + fleet.guessed());
        }
        for (Map<String, Object> problem : fleet.problems()) {
            screen.accept("         left out: " + problem.get("file") + ": " + problem.get("problem"));
        }
        screen.accept("fleet    " + fleet.trainers() + " devices train"
                + (fleet.newDevices() > 0 ? ", " + fleet.newDevices() + " stay new (evaluation only)" : "") + "; "
                + fleet.features().size() + " features, " + fleet.outputs().size()
                + (fleet.task().equals("CLASSIFICATION") ? " labels" : " outputs"));
        table = new RoundTable(
                fleet.task().equals("CLASSIFICATION") ? "accuracy" : "rmse", fleet.newDevices() > 0);
    }

    private void startBroker() throws DemoFailure, IOException, InterruptedException {
        int metricsPort = freePort();
        brokerUrl = "http://127.0.0.1:" + metricsPort;
        ChildProcess child = children.start(
                "broker",
                List.of(
                        "broker",
                        "--port",
                        Integer.toString(options.port),
                        "--metrics-port",
                        Integer.toString(metricsPort),
                        "--home",
                        folder.brokerHome().toString(),
                        "--stop-with-stdin"));
        await(child, line -> line.startsWith("broker listening"));
        screen.accept("broker   HiveMQ CE on tcp://127.0.0.1:" + options.port);
    }

    private void startCoordinator() throws DemoFailure, IOException, InterruptedException {
        ChildProcess child = children.start(
                "coordinator",
                List.of(
                        "coordinator",
                        "--config",
                        folder.coordinatorFile().toString(),
                        "--events",
                        "--stop-with-stdin"));
        Map<String, Object> ready = await(child, line -> line.contains("\"ready\""));
        coordinatorUrl = String.valueOf(ready.get("http"));
        screen.accept("metrics  coordinator " + coordinatorUrl + "/metrics");
    }

    private void startFleet() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "simulate",
                "--broker",
                "tcp://127.0.0.1:" + options.port,
                "--federation",
                options.federation(),
                "--events",
                "--stop-with-stdin"));
        arguments.addAll(options.fleetArguments());
        if (options.rounds == null) {
            arguments.addAll(List.of("--reading-interval", "5s"));
        }
        children.start("fleet", arguments);
    }

    private Map<String, Object> follow(FleetDescription fleet) throws DemoFailure, IOException, InterruptedException {
        Map<String, Object> finished = null;
        while (finished == null) {
            ChildProcesses.Event event = children.next(SILENCE_MILLIS);
            if (event == null) {
                throw new DemoFailure(
                        1,
                        "nothing happened for " + SILENCE_MILLIS / 1_000 + " s after " + trainRoundsClosed
                                + " TRAIN rounds; is the machine overloaded?");
            }
            if (event.ended()) {
                throw new DemoFailure(1, ended(event.child()));
            }
            finished = onEvent(event.line());
        }
        screen.accept("");
        new Summary(finished).lines().forEach(screen);
        Traffic traffic = Traffic.fetch(fleetUrl, brokerUrl);
        screen.accept(String.format(
                "devices sent %s for training (%s as float32) and %s else, and received %s; %s s; model %s",
                Numbers.bytes(traffic.up()),
                Numbers.bytes(traffic.upFloat32()),
                Numbers.bytes(traffic.upOther()),
                Numbers.bytes(traffic.down()),
                Numbers.seconds(finished.get("seconds")),
                abbreviated(finished.get("weightsSha256"))));
        return result(fleet, finished, traffic);
    }

    private Map<String, Object> onEvent(String line) throws IOException {
        if (!line.startsWith("{")) {
            return null;
        }
        Map<String, Object> event = JSON.std.mapFrom(line);
        switch (String.valueOf(event.get("event"))) {
            case "ready" -> {
                if (event.containsKey("devices")) {
                    fleetUrl = String.valueOf(event.get("http"));
                    screen.accept("         fleet       " + fleetUrl + "/metrics (" + event.get("devices")
                            + " devices connected)");
                }
            }
            case "deviceFailed" -> screen.accept(
                    "device " + event.get("device") + " takes no part: " + event.get("reason"));
            case "deviceRejected" -> {
                rejected.add(event);
                screen.accept("device " + event.get("device") + " is rejected (" + event.get("code") + "): "
                        + event.get("detail"));
            }
            case "problem" -> screen.accept("coordinator: " + event.get("message"));
            case "roundClosed" -> roundClosed(event);
            case "evaluated" -> evaluated(event);
            case "finished" -> {
                if (!Boolean.TRUE.equals(event.get("converged")) && options.rounds == null) {
                    screen.accept("stopped: " + event.get("reason"));
                }
                return event;
            }
            default -> {
                // waiting, roundOpened: nothing that a user needs to read
            }
        }
        return null;
    }

    private void roundClosed(Map<String, Object> event) {
        boolean committed = "COMMITTED".equals(event.get("outcome"));
        if (!committed) {
            screen.accept("round " + event.get("round") + " (" + event.get("kind") + ") was abandoned: "
                    + event.get("reason"));
        } else if ("STATISTICS".equals(event.get("kind"))) {
            screen.accept("         statistics of " + event.get("contributors") + " devices agreed in "
                    + Numbers.seconds(event.get("seconds")) + " s");
            screen.accept("");
            screen.accept(table.header());
        } else if ("TRAIN".equals(event.get("kind"))) {
            trainRoundsClosed++;
            closedTrainRounds.put(trainRoundsClosed, event);
        }
    }

    private void evaluated(Map<String, Object> event) {
        Map<String, Object> closed = closedTrainRounds.remove(Math.round(Numbers.number(event.get("trainRound"))));
        if (closed != null) {
            screen.accept(table.line(closed, event));
        }
    }

    private Map<String, Object> result(FleetDescription fleet, Map<String, Object> finished, Traffic traffic) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("federation", finished.get("federation"));
        result.put("task", finished.get("task"));
        result.put("simulated", fleet.simulated());
        for (String key : List.of("devices", "features", "outputs")) {
            result.put(key, finished.get(key));
        }
        result.put("rounds", finished.get("trainRounds"));
        for (String key : List.of("modelVersion", "converged", "own", "new", "localOnly", "baseline")) {
            result.put(key, finished.get(key));
        }
        result.putAll(traffic.toMap());
        result.put("seconds", finished.get("seconds"));
        result.put("rejectedDevices", rejected.stream().map(event -> event.get("device")).toList());
        result.put("weightsSha256", finished.get("weightsSha256"));
        return result;
    }

    /** What runs on after convergence, in a line. */
    String serving() {
        return "still serving: predictions on tributary/v1/" + options.federation() + "/prediction/+, models at "
                + coordinatorUrl + "/api/v1/federations/" + options.federation()
                + "/models, metrics as above; Ctrl-C stops";
    }

    /** Waits for a child to end while everything serves. */
    void serve() throws DemoFailure, InterruptedException {
        while (true) {
            ChildProcesses.Event event = children.next(60_000);
            if (event != null && event.ended() && !event.child().isAlive()) {
                throw new DemoFailure(1, ended(event.child()));
            }
        }
    }

    private Map<String, Object> await(ChildProcess child, java.util.function.Predicate<String> ready)
            throws DemoFailure, IOException, InterruptedException {
        long deadline = System.nanoTime() + STEP_MILLIS * 1_000_000;
        while (System.nanoTime() < deadline) {
            ChildProcesses.Event event = children.next(1_000);
            if (event == null || (event.ended() && event.child().waitFor(0) == 0)) {
                continue;
            }
            if (event.ended()) {
                int code = event.child().waitFor(1_000);
                throw new DemoFailure(code == 2 ? 2 : 1, lastWord(event.child()));
            }
            if (event.child() == child && ready.test(event.line())) {
                return event.line().startsWith("{") ? JSON.std.mapFrom(event.line()) : Map.of();
            }
        }
        throw new DemoFailure(1, "the " + child.name() + " was not ready within " + STEP_MILLIS / 1_000 + " s: "
                + lastWord(child));
    }

    private static String ended(ChildProcess child) throws InterruptedException {
        return "the " + child.name() + " ended unexpectedly (exit " + child.waitFor(1_000) + "): " + lastWord(child);
    }

    private static String lastWord(ChildProcess child) {
        List<String> lines = child.lastErrors();
        return lines.isEmpty() ? "it said nothing" : String.join(System.lineSeparator(), lines);
    }

    private static String abbreviated(Object hash) {
        String text = String.valueOf(hash);
        return text.length() > 12 ? text.substring(0, 12) : text;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The launcher of the installation that this class runs from. */
    static Path launcher() throws DemoFailure {
        String home = System.getProperty("tributary.home");
        if (home == null) {
            throw new DemoFailure(1, "start the demo as ./tributary demo");
        }
        return Path.of(home, "tributary");
    }

    /** A demonstration with everything that it needs; the caller closes folder and children. */
    public static void main(DemoOptions options, Consumer<String> screen, Consumer<String> lastLine)
            throws DemoFailure, IOException, InterruptedException {
        RunFolder folder = new RunFolder();
        ChildProcesses children = new ChildProcesses(launcher(), folder.path());
        Thread stop = new Thread(
                () -> {
                    children.close();
                    folder.close();
                },
                "stop-demo");
        Runtime.getRuntime().addShutdownHook(stop);
        Demo demo = new Demo(options, children, folder, screen);
        Map<String, Object> result = demo.run();
        if (options.rounds == null) {
            screen.accept(demo.serving());
        }
        if (options.json) {
            lastLine.accept(JSON.std.asString(result));
        }
        if (options.rounds == null) {
            demo.serve();
        }
    }
}
