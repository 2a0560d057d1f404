package dev.tributary.agent.app;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.agent.simulate.ByzantineDevices;
import dev.tributary.agent.simulate.CsvFolder;
import dev.tributary.agent.simulate.CsvOptions;
import dev.tributary.agent.simulate.FleetData;
import dev.tributary.agent.simulate.FleetReport;
import dev.tributary.agent.simulate.NewDevices;
import dev.tributary.agent.simulate.Plant;
import dev.tributary.agent.simulate.PlantSettings;
import dev.tributary.agent.simulate.ToyExample;
import dev.tributary.agent.simulate.UnusableDataException;
import dev.tributary.model.Task;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code tributary simulate}, and what becomes of them. */
@Command(
        name = "tributary simulate",
        mixinStandardHelpOptions = false,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Runs many devices in one process, each with its own connection to the broker.",
            "Their rows come from a folder with one CSV per device, or from a built-in plant of simulated machines."
        },
        footer = {"", "Exit code: 0 stopped as asked, 1 failed while running, 2 options or data make no fleet."})
final class SimulateCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--broker",
            paramLabel = "URI",
            defaultValue = "tcp://127.0.0.1:1883",
            description = "Where the broker is. Default: ${DEFAULT-VALUE}")
    private URI broker;

    @Option(
            names = "--keep-alive",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "The keep-alive of each connection; a lost device is noticed after 1.5 times as long."
                    + " Default: ${DEFAULT-VALUE}")
    private String keepAlive;

    @Option(
            names = "--federation",
            paramLabel = "NAME",
            description = "The federation that all devices take part in. Needed, except with --describe.")
    private Optional<String> federation = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A folder with one CSV or CSV.gz per device, named after the device, with a header row."
                    + " Without it: the built-in plant.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--target",
            split = ",",
            paramLabel = "NAME",
            description = "With --data: the column to predict; several, for numbers only, with commas."
                    + " Default: the last column.")
    private List<String> targets = List.of();

    @Option(
            names = "--ignore",
            split = ",",
            paramLabel = "NAME",
            description = "With --data: columns to leave out, with commas.")
    private List<String> ignored = List.of();

    @Option(
            names = "--time",
            paramLabel = "NAME",
            description = "With --data: the column that orders the rows. Default: one that holds dates.")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "With --data: classification or regression. Default: by the target; text or at most 20"
                    + " integers mean classification.")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description = "A toy example in place of the plant: random-labels or separable, 5 clients with 10 training"
                    + " samples of 10 features each, and a device with held-out samples that never trains.")
    private Optional<String> example = Optional.empty();

    @Option(names = "--devices", paramLabel = "N", description = "Only the first N devices.")
    private Optional<Integer> devices = Optional.empty();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Run only the devices of these names, with commas; what is guessed comes from all.")
    private List<String> only = List.of();

    @Option(
            names = "--new-devices",
            paramLabel = "every:K[+OFFSET]",
            description =
                    "Devices at positions OFFSET, OFFSET+K, … (from 0) do not train and are evaluated as new ones.")
    private Optional<String> newDevices = Optional.empty();

    @Option(
            names = "--byzantine",
            paramLabel = "COUNT:ATTACK[:STRENGTH]",
            description =
                    "To test a plan: so many of the training devices are hostile. ATTACK is sign-flip (the opposite"
                            + " of what was learned, STRENGTH times, default 10), noise (of norm STRENGTH, default 990000),"
                            + " labels (trained on opposite labels), within-norm (the opposite of what was learned, as long as"
                            + " an honest update) or none (honest, to compare with). They evaluate nothing: metrics are of"
                            + " the other devices.")
    private Optional<String> byzantine = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description =
                    "Without --data: which plant; the same seed gives the same rows. With --byzantine: which devices."
                            + " Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--plant-heterogeneity",
            paramLabel = "0..1",
            description = "Without --data: how much machines differ. Default: 0.5")
    private Optional<Double> heterogeneity = Optional.empty();

    @Option(
            names = "--plant-drift",
            paramLabel = "0..1",
            description = "Without --data: how much sensors change over time. Default: 0")
    private Optional<Double> drift = Optional.empty();

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port on 127.0.0.1 for /metrics and /health. Default: a free one.")
    private int httpPort;

    @Option(
            names = "--reading-interval",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "Each device reads a row of its test part in this interval and publishes the model's"
                    + " prediction; 0s for never. Default: ${DEFAULT-VALUE}")
    private String readingInterval;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Keep what devices must remember over a restart in this folder, one file for each device;"
                    + " without it they remember nothing.")
    private Optional<Path> state = Optional.empty();

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Append each answer, receipt and model version to this file, one JSON object a line.")
    private Optional<Path> journal = Optional.empty();

    @Option(names = "--events", description = "Write events as JSON, one per line, in place of text.")
    private boolean events;

    @Option(names = "--describe", description = "Write what the fleet would be as JSON, and exit.")
    private boolean describe;

    @Option(names = "--stop-with-stdin", description = "Stop when standard input ends.")
    private boolean stopWithStdin;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    SimulateCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        FleetReport report;
        try {
            Optional<NewDevices> fresh = example.isPresent()
                    ? Optional.of(ToyExample.heldOut())
                    : newDevices.map(text -> parsed("--new-devices", text, NewDevices::parse));
            refuse("--only", !only.isEmpty() && newDevices.isPresent(), "and --new-devices exclude each other");
            Optional<ByzantineDevices> hostile =
                    byzantine.map(text -> parsed("--byzantine", text, value -> ByzantineDevices.parse(value, seed)));
            report = new FleetReport(load().only(only), fresh, hostile);
            if (report.trainerCount() == 0) {
                throw new UnusableDataException("no device is left to train; see --new-devices");
            }
            report.byzantinePositions();
        } catch (UnusableDataException e) {
            err.println("tributary simulate: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (describe) {
            return describe(report);
        }
        FederationId name = parsed(
                "--federation", federation.orElseThrow(() -> usage("--federation is missing")), FederationId::new);
        Duration interval = parsed("--reading-interval", readingInterval, Intervals::parse);
        parsed("--broker", broker.toString(), text -> MqttSettings.of(URI.create(text), "device"));
        Duration alive = parsed("--keep-alive", keepAlive, SimulateCommand::keepAliveOf);
        if (httpPort < 0 || httpPort > 65_535) {
            throw usage("--http-port must be in 0 … 65535, was " + httpPort);
        }
        FleetOutput output = events ? new FleetOutput.Events(out) : new FleetOutput.Text(out);
        return new FleetProcess(broker, alive, name, httpPort, interval, stopWithStdin, output, err, state, journal)
                .run(report);
    }

    private FleetData load() {
        if (devices.filter(count -> count < 1).isPresent()) {
            throw usage("--devices must be >= 1, was " + devices.get());
        }
        if (example.isPresent()) {
            return example();
        }
        if (data.isEmpty()) {
            refuseWithoutData();
            return plant();
        }
        refuse("--plant-heterogeneity", heterogeneity.isPresent(), "is for the built-in plant, without --data");
        refuse("--plant-drift", drift.isPresent(), "is for the built-in plant, without --data");
        OptionalInt limit = devices.map(OptionalInt::of).orElse(OptionalInt.empty());
        Optional<Task> asked = task.map(text -> parsed("--task", text, SimulateCommand::taskOf));
        return CsvFolder.load(data.get(), new CsvOptions(targets, ignored, time, asked), limit);
    }

    private FleetData example() {
        ToyExample asked = parsed("--example", example.orElseThrow(), ToyExample::named);
        refuse("--data", data.isPresent(), "and --example exclude each other");
        refuse("--devices", devices.isPresent(), "and --example exclude each other");
        refuse("--new-devices", newDevices.isPresent(), "and --example exclude each other");
        refuse("--only", !only.isEmpty(), "and --example exclude each other");
        refuse("--plant-heterogeneity", heterogeneity.isPresent(), "is for the built-in plant, without --example");
        refuse("--plant-drift", drift.isPresent(), "is for the built-in plant, without --example");
        refuseWithoutData();
        return asked.fleet(seed);
    }

    private void refuseWithoutData() {
        refuse("--target", !targets.isEmpty(), "needs --data");
        refuse("--ignore", !ignored.isEmpty(), "needs --data");
        refuse("--time", time.isPresent(), "needs --data");
        refuse("--task", task.isPresent(), "needs --data");
    }

    private void refuse(String option, boolean given, String reason) {
        if (given) {
            throw usage(option + " " + reason);
        }
    }

    private FleetData plant() {
        try {
            return Plant.fleet(new PlantSettings(
                    devices.orElse(PlantSettings.DEFAULT_MACHINES),
                    seed,
                    heterogeneity.orElse(0.5),
                    drift.orElse(0.0)));
        } catch (IllegalArgumentException e) {
            throw usage("the plant's " + e.getMessage());
        }
    }

    private static Duration keepAliveOf(String text) {
        Duration alive = Intervals.parse(text);
        if (alive.compareTo(AgentConfig.MIN_KEEP_ALIVE) < 0 || alive.compareTo(AgentConfig.MAX_KEEP_ALIVE) > 0) {
            throw new IllegalArgumentException("must be in " + Intervals.text(AgentConfig.MIN_KEEP_ALIVE) + " … "
                    + Intervals.text(AgentConfig.MAX_KEEP_ALIVE) + ", was \"" + text + "\"");
        }
        return alive;
    }

    private static Task taskOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "classification" -> Task.CLASSIFICATION;
            case "regression" -> Task.REGRESSION;
            default -> throw new IllegalArgumentException("must be classification or regression, was \"" + text + "\"");
        };
    }

    private interface Parsing<T> {
        T of(String text);
    }

    private <T> T parsed(String option, String text, Parsing<T> parsing) {
        try {
            return parsing.of(text);
        } catch (IllegalArgumentException e) {
            throw usage(option + ": " + e.getMessage());
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private int describe(FleetReport report) {
        try {
            out.println(JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(report.toTree()));
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            err.println("tributary simulate: cannot write the description: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
