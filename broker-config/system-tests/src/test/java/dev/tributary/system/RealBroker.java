package dev.tributary.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real broker as a child process, started once for a test class that registers this as a static extension. It ends
 * with this process, however that ends. Not safe from several threads.
 */
public final class RealBroker implements BeforeAllCallback, AfterAllCallback {
    private static final Duration START = Duration.ofSeconds(90);

    private final boolean inMemory;
    private int port;
    private int metricsPort;
    private Path home;
    private TributaryProcess process;

    private RealBroker(boolean inMemory) {
        this.inMemory = inMemory;
    }

    /** A broker that keeps nothing on disk. */
    public static RealBroker inMemory() {
        return new RealBroker(true);
    }

    /** A broker that finds its sessions and retained messages again after {@link #kill} and {@link #start}. */
    public static RealBroker onDisk() {
        return new RealBroker(false);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        port = TributaryProcess.freePort();
        metricsPort = TributaryProcess.freePort();
        home = Files.createTempDirectory("tributary-broker-");
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Where clients connect; the same after a restart. */
    public URI uri() {
        return URI.create("tcp://127.0.0.1:" + port);
    }

    /** Starts it and returns when it listens. */
    public void start() {
        List<String> arguments = new ArrayList<>(List.of("broker", "--stop-with-stdin"));
        arguments.addAll(List.of("--port", "" + port, "--metrics-port", "" + metricsPort, "--home", home.toString()));
        if (inMemory) {
            arguments.add("--in-memory");
        }
        process = TributaryProcess.start(arguments.toArray(String[]::new));
        process.awaitLine(START, "broker listening on");
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    /** Ends it in order. */
    public void stop() {
        process.close();
    }

    /** A sample of the broker's metrics; 0 if it is not there. */
    double metric(String sample) {
        URI metrics = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(sample + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                    .findFirst()
                    .orElse(0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The broker's own count of PUBLISH bytes. */
    long publishBytes(String role, String direction, String kind) {
        return (long) metric("tributary_broker_publish_bytes_total{role=\"%s\",direction=\"%s\",kind=\"%s\"}"
                .formatted(role, direction, kind));
    }
}
