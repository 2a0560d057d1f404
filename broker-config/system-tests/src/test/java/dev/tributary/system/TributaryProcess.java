package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One {@code tributary …} as a user starts it, with everything that it prints. */
final class TributaryProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    private TributaryProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        readers.add(read(process.getInputStream(), out));
        readers.add(read(process.getErrorStream(), err));
    }

    static TributaryProcess start(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("tributary.home"), "tributary").toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("TRIBUTARY_NO_BUILD", "1");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            return new TributaryProcess(String.join(" ", arguments), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A TCP port that nobody listens on now. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    List<String> out() {
        return out;
    }

    String err() {
        return String.join("\n", err);
    }

    /** Waits for the end and gives the exit code. */
    int exitCode(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + limit + everything());
            }
            for (Thread reader : readers) {
                reader.join(2_000);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The JSON object in the last line of standard output, after an exit with 0. */
    Map<String, Object> jsonResult(Duration limit) {
        assertThat(exitCode(limit)).as("exit code of %s%s", name, everything()).isZero();
        return json(out.get(out.size() - 1));
    }

    /** Waits for the first line of standard output that holds all of these. */
    String awaitLine(Duration limit, String... parts) {
        Awaitility.await(name + " prints " + String.join(" … ", parts))
                .atMost(limit)
                .conditionEvaluationListener(null)
                .until(() -> find(parts) != null || !process.isAlive());
        String line = find(parts);
        assertThat(line)
                .as("%s prints %s%s", name, String.join(" … ", parts), everything())
                .isNotNull();
        return line;
    }

    long count(String part) {
        return out.stream().filter(line -> line.contains(part)).count();
    }

    static Map<String, Object> json(String line) {
        try {
            return JSON.std.mapFrom(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        exitCode(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(6, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String find(String... parts) {
        return out.stream()
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .findFirst()
                .orElse(null);
    }

    private String everything() {
        return "\n--- standard output\n" + String.join("\n", out) + "\n--- standard error\n" + err();
    }

    private static Thread read(InputStream in, List<String> lines) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException closed) {
                // ended
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
