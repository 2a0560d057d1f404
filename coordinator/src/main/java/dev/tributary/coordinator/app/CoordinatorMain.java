package dev.tributary.coordinator.app;

import dev.tributary.config.ConfigurationException;
import dev.tributary.coordinator.engine.FirstWeights;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.StoreUnavailableException;
import dev.tributary.coordinator.store.jdbc.Database;
import dev.tributary.coordinator.store.jdbc.JdbcFederationStore;
import dev.tributary.coordinator.store.jdbc.StoreLease;
import dev.tributary.model.Bytes;
import dev.tributary.process.ProcessLog;
import dev.tributary.process.StopSignal;
import dev.tributary.update.FederationId;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The process that runs rounds. */
@Command(
        name = "coordinator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = ProgramVersion.class,
        description = {
            "Runs the rounds of one or more federations over an MQTT broker.",
            "",
            "It may start before the broker and after the devices. While it runs it answers on HTTP:",
            "/api/v1/federations, /metrics, /health/live and /health/ready."
        },
        footer = {
            "",
            "Example of a configuration (paths are relative to it):",
            "  name: main",
            "  broker: {uri: tcp://127.0.0.1:1883}",
            "  http: {host: 127.0.0.1, port: 8080}",
            "  federations: [pumps.yaml]",
            "  database: jdbc:sqlite:coordinator-main.db   (or jdbc:postgresql://HOST/NAME?user=U&password=P)",
            "Every key can be set in the environment too: broker.uri by TRIBUTARY_BROKER_URI.",
            "",
            "Exit status: 0 stopped or finished, 1 failed, 2 wrong options or configuration."
        })
public final class CoordinatorMain implements Callable<Integer> {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The coordinator's YAML file, which names the files of its federations.")
    private Path config;

    @Option(
            names = "--events",
            description = "Write what happens to standard output, one JSON object per line, for another program.")
    private boolean events;

    @Option(names = "--stop-with-stdin", description = "Stop at the end of standard input, as a child process should.")
    private boolean stopWithStdin;

    @Option(
            names = "--clock-offset",
            hidden = true,
            description = "A file with milliseconds by which the time of day is wrong.")
    private Optional<Path> clockOffset = Optional.empty();

    /** Runs the coordinator until it is told to stop. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        System.exit(new CommandLine(new CoordinatorMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        CoordinatorConfig settings;
        try {
            settings = CoordinatorConfig.load(config, System.getenv());
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> System.err.println("coordinator: " + problem));
            return CommandLine.ExitCode.USAGE;
        }
        StopSignal stop = StopSignal.install();
        if (stopWithStdin) {
            stop.orStdinEnd();
        }
        try (stop;
                Database database = Database.open(settings.database());
                StoreLease lease = database.lease(holder(settings));
                FederationStore store = new JdbcFederationStore(database, lease)) {
            requireSameSchemas(settings, store);
            Map<FederationId, FirstWeights> firstWeights = InitialModels.of(settings.federations(), store);
            if (!settings.database().isShared() && !lease.tryAcquire()) {
                throw new StoreUnavailableException(settings.database() + " is in use by " + lease.holder()
                        + "; a file serves one coordinator, a PostgreSQL database can have another one stand by");
            }
            Optional<EventLines> lines = events ? Optional.of(eventLines()) : Optional.empty();
            new CoordinatorProcess(settings, firstWeights, clock(), lines).run(store, lease, stop);
            return CommandLine.ExitCode.OK;
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> System.err.println("coordinator: " + problem));
            return CommandLine.ExitCode.USAGE;
        } catch (IOException | StoreUnavailableException e) {
            System.err.println("coordinator: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** A federation is what it was created as; another schema under its name would fit no version that it has. */
    private static void requireSameSchemas(CoordinatorConfig settings, FederationStore store) {
        List<String> problems = new ArrayList<>();
        for (FederationDefinition definition : settings.federations()) {
            Bytes fingerprint = Bytes.of(definition.schema().fingerprint().toBytes());
            store.memory(definition.id())
                    .filter(memory -> !memory.fingerprint().equals(fingerprint))
                    .ifPresent(memory -> problems.add("federation " + definition.id()
                            + ": its task, features, outputs or featureClip are not those that it was created with in "
                            + settings.database() + "; give it another name, or choose another database"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private static EventLines eventLines() {
        return new EventLines(new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8));
    }

    /** Who this is, for whoever wants to know who has the lease. */
    private static String holder(CoordinatorConfig settings) {
        return "coordinator " + settings.name() + ", process "
                + ProcessHandle.current().pid();
    }

    private InstantSource clock() {
        InstantSource timeOfDay = clockOffset
                .<InstantSource>map(file -> new ShiftedTimeOfDay(InstantSource.system(), file))
                .orElse(InstantSource.system());
        return new SteadyClock(timeOfDay, System::nanoTime);
    }
}
