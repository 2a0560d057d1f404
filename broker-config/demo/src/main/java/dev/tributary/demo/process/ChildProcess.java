package dev.tributary.demo.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One child process: its standard output goes to a listener line by line, the end of its standard error is kept, and its
 * standard input stays open until this process ends, so that a child that watches it ends too. Safe for use by many
 * threads.
 */
public final class ChildProcess {
    private static final int KEPT_LINES = 20;

    private final String name;
    private final Process process;
    private final Thread outReader;
    private final Thread errorReader;
    private final Deque<String> lastErrors = new ArrayDeque<>();

    private ChildProcess(String name, Process process, Consumer<String> onLine) {
        this.name = name;
        this.process = process;
        this.outReader = reader("out", process.getInputStream(), onLine);
        this.errorReader = reader("err", process.getErrorStream(), this::keepError);
    }

    /** Starts {@code command} in {@code folder}; {@code onLine} gets each line of its standard output. */
    static ChildProcess start(String name, List<String> command, Path folder, Consumer<String> onLine)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("TRIBUTARY_NO_BUILD", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new ChildProcess(name, builder.start(), onLine);
    }

    /** What it is called on the screen. */
    public String name() {
        return name;
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code, when it has ended within {@code millis}; else -1. */
    public int waitFor(long millis) throws InterruptedException {
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            return -1;
        }
        outReader.join(1_000);
        errorReader.join(1_000);
        return process.exitValue();
    }

    /** The last lines of its standard error, oldest first. */
    public List<String> lastErrors() {
        synchronized (lastErrors) {
            return List.copyOf(lastErrors);
        }
    }

    /** Runs {@code then} once it has ended. */
    void onExit(Runnable then) {
        process.onExit().thenRun(then);
    }

    /** Asks it to stop. */
    void terminate() {
        process.destroy();
    }

    /** Ends it and what it started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void keepError(String line) {
        if (line.isBlank()) {
            return;
        }
        synchronized (lastErrors) {
            lastErrors.addLast(line);
            if (lastErrors.size() > KEPT_LINES) {
                lastErrors.removeFirst();
            }
        }
    }

    private Thread reader(String stream, InputStream in, Consumer<String> onLine) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            onLine.accept(line);
                        }
                    } catch (IOException closed) {
                        // The process has ended; its exit is reported elsewhere.
                    }
                },
                name + "-" + stream);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
