package dev.tributary.agent.app;

import dev.tributary.agent.participation.DeviceSession;
import dev.tributary.config.Configuration;
import dev.tributary.config.ConfigurationException;
import dev.tributary.process.ProcessLog;
import dev.tributary.process.StopSignal;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The agent's command. */
@Command(
        name = "tributary agent",
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Runs the agent of one device: reads its sensor, keeps examples, trains when a coordinator calls,",
            "and applies the newest model to each new reading. Readings never leave the device.",
            ""
        },
        footer = {
            "",
            "The file:",
            "  device: pump-7                    # its name, also its MQTT client id",
            "  broker: {uri: tcp://127.0.0.1:1883, keepAlive: 30s}",
            "  connection: {mode: sleep, sleep: 10m, awake: 5s}      # or always, which is the default",
            "  store: {path: pump-7.store, maximumExamples: 20000}   # without a path: in memory",
            "  http: {host: 127.0.0.1, port: 8081}                   # metrics and health",
            "  federations: [{name: plant, role: trainer}]           # trainer or evaluator",
            "  sensor: {type: csv-follow, path: pump-7.csv, target: state, time: at}",
            "                                    # type: csv, csv-follow, stdin (JSON lines) or none",
            "  prediction: {output: mqtt}        # mqtt, stdout or none",
            "",
            "Each key can be set by the environment: TRIBUTARY_BROKER_URI for broker.uri.",
            "Exit codes: 0 ended on request, 1 failed, 2 wrong usage or configuration."
        })
public final class AgentMain implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the agent's YAML file")
    private Path file;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "append each answer, receipt and model version to this file, one JSON object a line")
    private Optional<Path> journal = Optional.empty();

    @Option(names = "--stop-with-stdin", description = "end when standard input ends, as a child process should")
    private boolean stopWithStdin;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and exit")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    private AgentMain() {}

    /** Runs the agent until it is told to stop. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        // Client threads are not daemons, and a failed main must not leave them running.
        System.exit(new CommandLine(new AgentMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        AgentConfig config;
        try {
            config = AgentConfig.read(Configuration.load(file, System.getenv()));
        } catch (ConfigurationException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        try (StopSignal stop = StopSignal.install()) {
            boolean sensorIsStdin = config.sensor().type() == AgentConfig.SensorType.STDIN;
            if (stopWithStdin && !sensorIsStdin) {
                stop.orStdinEnd();
            }
            MqttSettings settings = MqttSettings.ofDevice(
                            config.broker().uri(), config.device().value(), DeviceSession.will(config.device()))
                    .withKeepAlive(config.broker().keepAlive());
            Runnable sensorEnded = stopWithStdin && sensorIsStdin ? stop::stop : () -> {};
            Consumer<String> lines = System.out::println;
            try (Journals journals = Journals.at(journal);
                    Agent agent = new Agent(
                            config,
                            keepAlive -> new PahoTransport(settings.withKeepAliveAtLeast(keepAlive)),
                            System.in,
                            lines,
                            sensorEnded,
                            journals.of(config.device()))) {
                journals.started(List.of(config.device()));
                agent.start();
                stop.await();
            }
            return 0;
        } catch (IOException | UncheckedIOException e) {
            System.err.println("tributary agent: " + e.getMessage());
            return 1;
        }
    }
}
