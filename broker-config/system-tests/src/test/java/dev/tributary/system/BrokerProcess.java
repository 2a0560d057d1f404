package dev.tributary.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged broker in a process of its own, which ends with this one. */
final class BrokerProcess implements AutoCloseable {
    private static final String LISTENING = "broker listening on ";

    private final Process process;
    private final String endpoint;
    private final int metricsPort;

    private BrokerProcess(Process process, String endpoint, int metricsPort) {
        this.process = process;
        this.endpoint = endpoint;
        this.metricsPort = metricsPort;
    }

    /** Starts an in-memory broker on free ports and returns once it takes connections. */
    static BrokerProcess start(String... more) throws IOException {
        int metricsPort = freePort();
        Path jar = Path.of(System.getProperty("tributary.home"), "broker-config/broker/target/tributary-broker.jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                jar.toString()));
        command.addAll(List.of("--port", "0", "--in-memory", "--stop-with-stdin", "--metrics-port", "" + metricsPort));
        command.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null || !line.startsWith(LISTENING)) {
            process.destroyForcibly();
            throw new IOException("the broker did not start, it said: " + line);
        }
        return new BrokerProcess(process, line.substring(LISTENING.length()), metricsPort);
    }

    /** Host and port of the MQTT listener. */
    URI uri() {
        return URI.create("tcp://" + endpoint);
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

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
