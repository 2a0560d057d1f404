package dev.tributary.chaos.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of the chaos run. */
final class ChaosOptions {
    private static final double MIN_MINUTES = 0.25;
    private static final double MAX_MINUTES = 24 * 60;
    static final int MIN_DEVICES = 4;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec line;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "Fixes which faults happen when and to whom, and the federation's randomness (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "3",
            description =
                    "How long things go wrong (default: ${DEFAULT-VALUE}); recovering and the run without faults come on top.")
    private double minutes;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "One CSV or CSV.gz per device, with a header row. Without it: a built-in plant, a simulator.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--target", paramLabel = "NAME", description = "Column to predict (default: the last one).")
    private Optional<String> target = Optional.empty();

    @Option(names = "--ignore", paramLabel = "NAME,...", description = "Columns to leave out.")
    private Optional<String> ignore = Optional.empty();

    @Option(
            names = "--time",
            paramLabel = "NAME",
            description = "Column that orders the rows (default: found by its values).")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "classification or regression (default: guessed from the target).")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most the first N devices (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--json",
            description =
                    "The result as one JSON object in the last line of standard output; all else goes to standard error.")
    private boolean json;

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            description =
                    "Keep journals, capture and databases in this new or empty folder (default: a temporary one).")
    private Optional<Path> evidence = Optional.empty();

    @Option(
            names = "--check",
            paramLabel = "DIR",
            description = "Run nothing, but judge the evidence that an earlier run kept here.")
    private Optional<Path> check = Optional.empty();

    @Option(names = "--verbose", description = "Also show each fault, and what the processes log.")
    private boolean verbose;

    @Option(names = "--plant", hidden = true, description = "Spoil a copy of the evidence before it is judged.")
    private Optional<Plant> plant = Optional.empty();

    @Option(names = "--launcher", hidden = true, description = "The script that starts the parts.")
    private Optional<Path> launcher = Optional.empty();

    /** Broken promises that can be planted, to see that they are found. */
    enum Plant {
        LOSS,
        DOUBLE
    }

    /** What {@code simulate} has to know about the devices. */
    List<String> dataArguments() {
        List<String> arguments = new ArrayList<>();
        data.ifPresent(
                folder -> arguments.add("--data=" + folder.toAbsolutePath().normalize()));
        target.ifPresent(name -> arguments.add("--target=" + name));
        ignore.ifPresent(names -> arguments.add("--ignore=" + names));
        time.ifPresent(name -> arguments.add("--time=" + name));
        task.ifPresent(name -> arguments.add("--task=" + name));
        arguments.add("--devices=" + devices);
        if (data.isEmpty()) {
            arguments.add("--seed=" + seed);
        }
        return arguments;
    }

    /** Refuses what is wrong without asking anybody. */
    void check() {
        require(
                minutes >= MIN_MINUTES && minutes <= MAX_MINUTES,
                "--minutes must be " + MIN_MINUTES + " to " + MAX_MINUTES + ", was " + minutes);
        require(devices >= MIN_DEVICES, "--devices must be >= " + MIN_DEVICES + ", was " + devices);
        data.ifPresent(folder -> require(Files.isDirectory(folder), "--data: no such folder: " + folder));
        check.ifPresent(folder -> require(Files.isDirectory(folder), "--check: no such folder: " + folder));
        require(check.isEmpty() || evidence.isEmpty(), "--check and --evidence exclude each other");
    }

    private void require(boolean right, String message) {
        if (!right) {
            throw new CommandLine.ParameterException(line.commandLine(), message);
        }
    }

    long seed() {
        return seed;
    }

    Duration length() {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    Optional<Path> evidence() {
        return evidence;
    }

    Optional<Path> checked() {
        return check;
    }

    Optional<Plant> plant() {
        return plant;
    }

    Path launcher() {
        return launcher.orElseGet(() -> Path.of(System.getProperty("tributary.home", ""))
                .toAbsolutePath()
                .resolve("tributary"));
    }
}
