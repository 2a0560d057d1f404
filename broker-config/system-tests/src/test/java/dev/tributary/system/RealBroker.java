package dev.tributary.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real broker as a child process, started once for a test class that registers this as a static extension. It ends
 * with this process, however that ends. Not safe from several threads.
 */
public final class RealBroker implements BeforeAllCallback, AfterAllCallback {
    private static final long START_SECONDS = 90;
    private static final long STOP_SECONDS = 20;

    private final boolean inMemory;
    private final List<String> moreOptions;
    private int port;
    private Path home;
    private Process process;

    private RealBroker(boolean inMemory, List<String> moreOptions) {
        this.inMemory = inMemory;
        this.moreOptions = List.copyOf(moreOptions);
    }

    /** A broker that keeps nothing on disk, started with more options of its command line if given. */
    public static RealBroker inMemory(String... moreOptions) {
        return new RealBroker(true, List.of(moreOptions));
    }

    /** A broker that finds its sessions and retained messages again after {@link #kill} and {@link #start}. */
    public static RealBroker onDisk(String... moreOptions) {
        return new RealBroker(false, List.of(moreOptions));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        port = freePort();
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
        Path target = checkout().resolve("broker-config/broker/target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                target.resolve("tributary-broker.jar") + ":" + target.resolve("lib") + "/*",
                "dev.tributary.broker.BrokerMain",
                "--port",
                Integer.toString(port),
                "--home",
                home.toString(),
                "--stop-with-stdin"));
        if (inMemory) {
            command.add("--in-memory");
        }
        command.addAll(moreOptions);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .directory(home.toFile())
                    .start();
            awaitLine("broker listening on");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLine(String expected) {
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> listening = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                        for (String line = output.readLine(); line != null; line = output.readLine()) {
                            lines.add(line);
                            if (line.startsWith(expected)) {
                                listening.complete(true);
                            }
                        }
                    } catch (IOException e) {
                        // It was killed.
                    }
                    listening.complete(false);
                },
                "broker-output");
        reader.setDaemon(true);
        reader.start();
        try {
            if (!listening.get(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the broker ended before it listened:\n" + String.join("\n", lines));
            }
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the broker did not listen within " + START_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it in order. */
    public void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** The root of the checkout, whose jars are the ones that are tested. */
    public static Path checkout() {
        return Path.of(System.getProperty("tributary.home"));
    }

    /** A port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
