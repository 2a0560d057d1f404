package dev.tributary.broker;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tributary broker}. */
@Command(
        name = "tributary broker",
        description = {
            "Runs the MQTT broker of a federation: HiveMQ CE with Tributary's configuration and permissions, no Docker needed.",
            "It prints one line when it takes connections and runs until Ctrl-C or SIGTERM."
        },
        footer = {
            "",
            "Look at the traffic with: mosquitto_sub -p 1883 -i monitor-me -t 'tributary/v1/#' -v",
            "Exit codes: 0 stopped with its standard input, 143 or 130 by a signal, 1 could not run, 2 wrong usage."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BrokerMain.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class BrokerMain implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:TRIBUTARY_BROKER_PORT:-1883}",
            description = "MQTT port (default: ${DEFAULT-VALUE}; 0 takes a free one).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:TRIBUTARY_BROKER_HOST:-127.0.0.1}",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--networks",
            paramLabel = "LIST",
            defaultValue = "${env:TRIBUTARY_BROKER_NETWORKS:-loopback,private}",
            description =
                    "Where devices may connect from: loopback, private, any, or ranges such as 10.1.0.0/16 (default: ${DEFAULT-VALUE}).")
    private String networks;

    @Option(
            names = "--coordinator-networks",
            paramLabel = "LIST",
            defaultValue = "${env:TRIBUTARY_BROKER_COORDINATOR_NETWORKS:-loopback}",
            description = "Where coordinators may connect from (default: ${DEFAULT-VALUE}).")
    private String coordinatorNetworks;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Folder that keeps sessions and retained messages (default: a temporary one, removed at the end).")
    private Path home;

    @Option(names = "--in-memory", description = "Keep nothing on disk: faster, and forgotten at the end.")
    private boolean inMemory;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "${env:TRIBUTARY_BROKER_METRICS_PORT:-0}",
            description = "Serve Prometheus metrics at http://ADDRESS:PORT/metrics (default: 0, off).")
    private int metricsPort;

    @Option(names = "--stop-with-stdin", description = "Also stop when standard input ends.")
    private boolean stopWithStdin;

    @Spec
    private CommandSpec line;

    private BrokerMain() {}

    /** Runs the broker until it is told to stop. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BrokerMain())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
                    return 1;
                })
                .setParameterExceptionHandler((mistake, given) -> {
                    CommandLine line = mistake.getCommandLine();
                    line.getErr().println(mistake.getMessage());
                    line.getErr().println("Try 'tributary broker --help'.");
                    return 2;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws BrokerFailure, InterruptedException {
        Endpoint mqtt = endpoint("--port", port).requireFree("--port");
        Endpoint metrics = endpoint("--metrics-port", metricsPort);
        if (metricsPort != 0) {
            metrics.requireFree("--metrics-port");
        }
        BrokerHome prepared = BrokerHome.prepare(home, extension());
        HiveMqServer server =
                new HiveMqServer(new BrokerSettings(mqtt, metrics, inMemory, networks, coordinatorNetworks), prepared);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-broker"));
        server.start();
        CountDownLatch stop = new CountDownLatch(1);
        if (stopWithStdin) {
            watchStdin(stop);
        }
        System.out.println("broker listening on " + mqtt);
        stop.await();
        return 0;
    }

    private Endpoint endpoint(String option, int number) {
        try {
            return new Endpoint(host, number);
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(line.commandLine(), option + ": " + wrong.getMessage(), wrong);
        }
    }

    private static void watchStdin(CountDownLatch stop) {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(java.io.OutputStream.nullOutputStream());
                    } catch (IOException gone) {
                        // The parent is gone all the same.
                    }
                    stop.countDown();
                },
                "watch-stdin");
        watch.setDaemon(true);
        watch.start();
    }

    private static Path extension() throws BrokerFailure {
        try {
            Path jar = Path.of(BrokerMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling("extensions").resolve("tributary-extension");
        } catch (URISyntaxException odd) {
            throw new BrokerFailure("cannot find the broker's extension beside its jar", odd);
        }
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = BrokerMain.class.getPackage().getImplementationVersion();
            return new String[] {"tributary broker " + (version == null ? "(not packaged)" : version)};
        }
    }
}
