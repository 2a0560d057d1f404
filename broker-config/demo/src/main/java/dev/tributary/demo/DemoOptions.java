package dev.tributary.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What the user asked for. */
public final class DemoOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with one CSV or CSV.gz per device (default: a simulated plant of 50 machines).")
    Path data;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "Column to predict (default: the last one; several, comma-separated, for regression).")
    String target;

    @Option(names = "--ignore", paramLabel = "NAME,…", description = "Columns to leave out.")
    String ignore;

    @Option(
            names = "--time",
            paramLabel = "NAME",
            description = "Column that orders the rows; never a feature (default: detected).")
    String time;

    @Option(names = "--task", paramLabel = "TASK", description = "classification or regression (default: guessed).")
    String task;

    @Option(names = "--devices", paramLabel = "N", description = "Use the first N devices only.")
    Integer devices;

    @Option(
            names = "--new-devices",
            paramLabel = "every:K[+OFFSET]",
            description = "Keep devices OFFSET, OFFSET+K, … out of statistics and training, and evaluate on all their rows.")
    String newDevices;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Stop after N TRAIN rounds (default: until convergence, then keep serving until Ctrl-C).")
    Integer rounds;

    @Option(
            names = "--plan",
            paramLabel = "KEY=VALUE",
            description =
                    "A field of the training plan, such as learningRate=0.1, localEpochs=5, encoding=exact; repeatable.")
    Map<String, String> plan = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Everything random derives from it (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--plant-heterogeneity",
            paramLabel = "0..1",
            description = "How different the plant's machines are (default: 0.5).")
    Double plantHeterogeneity;

    @Option(
            names = "--plant-drift",
            paramLabel = "0..1",
            description = "How much the plant's sensors drift over time (default: 0).")
    Double plantDrift;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "1883",
            description = "MQTT port of the broker (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "HTTP port of the coordinator: metrics, health, models (default: ${DEFAULT-VALUE}; 0: any).")
    int httpPort;

    @Option(
            names = "--json",
            description = "Print one JSON object as the last line of standard output; the rest goes to standard error.")
    boolean json;

    /** Whether one JSON object is wanted as the last line of standard output. */
    public boolean json() {
        return json;
    }

    /** Refuses numbers that make no sense, before anything is started. */
    public void requireSense() throws DemoFailure {
        require(rounds == null || rounds >= 1, "--rounds must be >= 1, was " + rounds);
        require(devices == null || devices >= 1, "--devices must be >= 1, was " + devices);
        require(port >= 1 && port <= 65_535, "--port must be from 1 to 65535, was " + port);
        require(httpPort >= 0 && httpPort <= 65_535, "--http-port must be from 0 to 65535, was " + httpPort);
    }

    private static void require(boolean holds, String otherwise) throws DemoFailure {
        if (!holds) {
            throw new DemoFailure(2, otherwise);
        }
    }

    /** The options that describe the fleet, as {@code simulate} takes them. */
    List<String> fleetArguments() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--data", data == null ? null : data.toAbsolutePath());
        add(arguments, "--target", target);
        add(arguments, "--ignore", ignore);
        add(arguments, "--time", time);
        add(arguments, "--task", task);
        add(arguments, "--devices", devices);
        add(arguments, "--new-devices", newDevices);
        add(arguments, "--seed", seed);
        add(arguments, "--plant-heterogeneity", plantHeterogeneity);
        add(arguments, "--plant-drift", plantDrift);
        return arguments;
    }

    /** A name for the federation: the folder's, as far as a federation's name allows. */
    String federation() {
        if (data == null || data.toAbsolutePath().normalize().getFileName() == null) {
            return "plant";
        }
        String name = data.toAbsolutePath().normalize().getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "-");
        String usable = name.length() > 64 ? name.substring(0, 64) : name;
        return usable.startsWith("coordinator-") || usable.matches("\\.{0,2}") ? "data" : usable;
    }

    private static void add(List<String> arguments, String name, Object value) {
        if (value != null) {
            arguments.add(name);
            arguments.add(value.toString());
        }
    }
}
