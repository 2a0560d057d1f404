package dev.tributary.demo.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of the demo. */
final class DemoOptions {
    private static final int MAX_PORT = 65_535;
    private static final int EXAMPLE_ROUNDS = 10;
    private static final Map<String, String> EXAMPLE_PLAN = Map.of("model", "perceptron");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec line;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "One CSV or CSV.gz per device, with a header row. Without it: a built-in plant, a simulator.")
    private Path data;

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description =
                    "A toy example in place of the plant: random-labels or separable. 5 devices with 10 training samples of"
                            + " 10 features train a perceptron (10 hidden units, 1 sigmoid) for 10 rounds; a sixth has"
                            + " held-out samples and never trains. --rounds and --plan change it.")
    private String example;

    @Option(names = "--target", paramLabel = "NAME", description = "Column to predict (default: the last one).")
    private String target;

    @Option(names = "--ignore", paramLabel = "NAME,...", description = "Columns to leave out.")
    private String ignore;

    @Option(
            names = "--time",
            paramLabel = "NAME",
            description = "Column that orders the rows and is never a feature (default: found by its values).")
    private String time;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "classification or regression (default: guessed from the target).")
    private String task;

    @Option(names = "--devices", paramLabel = "N", description = "Take the first N devices only.")
    private Integer devices;

    @Option(
            names = "--new-devices",
            paramLabel = "every:K[+OFFSET]",
            description =
                    "Each K-th device takes no part and is evaluated on all its rows, as a device that comes later.")
    private String newDevices;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Stop after N training rounds (default: train until it gets no better, then keep serving).")
    private Integer rounds;

    @Option(
            names = "--plan",
            paramLabel = "KEY=VALUE",
            description =
                    "A field of the training plan, repeatable: model (linear, perceptron), hiddenUnits, normalization"
                            + " (global, device, none), featureClip, localEpochs, batchSize, learningRate, schedule,"
                            + " localOptimizer, momentum, objective, residualClip, proximalMu, minimumExamples, personalize,"
                            + " personalEpochs, solver (sgd, exact), ridge, encoding (exact, int8, float16, dither,"
                            + " deadzone-ef, ring, stochastic), encodingStep, encodingDeadZone, encodingBits,"
                            + " modelEncoding (none, int8, float16, dither, stochastic), modelEncodingStep,"
                            + " aggregation (fedavg, median,"
                            + " trimmedMean, multiKrum, zeroing), byzantine, exampleCap, serverOptimizer,"
                            + " serverLearningRate, serverMomentum;"
                            + " or of its rounds: mode (asynchronous needs a goal), goal, minimum, deadline,"
                            + " maximumStaleness, evaluateEvery;"
                            + " or of when to stop: patience, tolerance, maximumRounds, target, maximumBytes.")
    private Map<String, String> plan = new LinkedHashMap<>();

    @Option(
            names = "--byzantine",
            paramLabel = "COUNT:ATTACK[:STRENGTH]",
            description = "To test a plan: so many training devices are hostile. ATTACK is sign-flip, noise, labels or"
                    + " within-norm (see tributary simulate --help); metrics are of honest devices.")
    private String byzantine;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "All randomness derives from it: the same arguments give the same model (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--plant-heterogeneity",
            paramLabel = "0..1",
            description = "How much the built-in plant's machines differ from each other.")
    private Double plantHeterogeneity;

    @Option(
            names = "--plant-drift",
            paramLabel = "0..1",
            description = "How much the built-in plant's machines change as time goes by.")
    private Double plantDrift;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "1883",
            description = "The broker's port (default: ${DEFAULT-VALUE}; 0 takes a free one).")
    private int port;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description =
                    "The coordinator's port for metrics and models (default: ${DEFAULT-VALUE}; 0 takes a free one).")
    private int httpPort;

    @Option(
            names = "--json",
            description = "The result as one JSON object on standard output; all else goes to standard error.")
    private boolean json;

    @Option(names = "--verbose", description = "Also show what broker, coordinator and fleet log.")
    private boolean verbose;

    @Option(names = "--launcher", hidden = true, description = "The script that starts the parts.")
    private Path launcher;

    /** What {@code simulate} has to know about the devices. */
    List<String> fleetArguments() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--data", data == null ? null : data.toAbsolutePath().normalize());
        add(arguments, "--example", example);
        add(arguments, "--target", target);
        add(arguments, "--ignore", ignore);
        add(arguments, "--time", time);
        add(arguments, "--task", task);
        add(arguments, "--devices", devices);
        add(arguments, "--new-devices", newDevices);
        add(arguments, "--byzantine", byzantine);
        add(arguments, "--seed", seed);
        add(arguments, "--plant-heterogeneity", plantHeterogeneity);
        add(arguments, "--plant-drift", plantDrift);
        return arguments;
    }

    private static void add(List<String> arguments, String name, Object value) {
        if (value != null) {
            // In one word, so that a value that begins with a dash is no option.
            arguments.add(name + "=" + value);
        }
    }

    /** Refuses what is wrong without asking anybody. */
    void check() {
        require(rounds == null || rounds >= 1, "--rounds must be >= 1, was " + rounds);
        require(devices == null || devices >= 1, "--devices must be >= 1, was " + devices);
        require(port >= 0 && port <= MAX_PORT, "--port must be 0 to " + MAX_PORT + ", was " + port);
        require(httpPort >= 0 && httpPort <= MAX_PORT, "--http-port must be 0 to " + MAX_PORT + ", was " + httpPort);
        require(port == 0 || port != httpPort, "--port and --http-port must differ, were both " + port);
        require(data == null || Files.isDirectory(data), "--data: no such folder: " + data);
        require(data == null || plantHeterogeneity == null, "--plant-heterogeneity and --data exclude each other");
        require(data == null || plantDrift == null, "--plant-drift and --data exclude each other");
        require(data == null || example == null, "--example and --data exclude each other");
        requireShare("--plant-heterogeneity", plantHeterogeneity);
        requireShare("--plant-drift", plantDrift);
        for (String key : plan.keySet()) {
            require(!key.isBlank(), "--plan must be KEY=VALUE");
        }
    }

    private void requireShare(String option, Double value) {
        require(value == null || (value >= 0 && value <= 1), option + " must be 0 to 1, was " + value);
    }

    private void require(boolean right, String message) {
        if (!right) {
            throw new CommandLine.ParameterException(line.commandLine(), message);
        }
    }

    boolean isExample() {
        return example != null;
    }

    OptionalInt rounds() {
        if (rounds != null) {
            return OptionalInt.of(rounds);
        }
        return isExample() ? OptionalInt.of(EXAMPLE_ROUNDS) : OptionalInt.empty();
    }

    Map<String, String> plan() {
        Map<String, String> whole = new LinkedHashMap<>(isExample() ? EXAMPLE_PLAN : Map.of());
        whole.putAll(plan);
        return whole;
    }

    long seed() {
        return seed;
    }

    int port() {
        return port;
    }

    int httpPort() {
        return httpPort;
    }

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    Path launcher() {
        return launcher != null
                ? launcher
                : Path.of(System.getProperty("tributary.home", ""))
                        .toAbsolutePath()
                        .resolve("tributary");
    }
}
