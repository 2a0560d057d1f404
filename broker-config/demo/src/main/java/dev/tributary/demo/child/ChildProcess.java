package dev.tributary.demo.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One process that we started. Its standard input is a pipe that nobody writes to: its end tells the child that we are gone.
 * Safe from any thread.
 */
public final class ChildProcess {
    private final String name;
    private final Process process;
    private final StderrTail stderr = new StderrTail();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts the process and reports what happens to {@code listener}, from threads of its own. */
    static ChildProcess start(
            String name, ProcessBuilder command, Consumer<String> stderrListener, Consumer<Happening> listener)
            throws IOException {
        ChildProcess child = new ChildProcess(name, command.start());
        Thread errors = daemon(
                name + "-stderr",
                () -> child.readLines(child.process.getErrorStream(), line -> {
                    child.stderr.add(line);
                    stderrListener.accept(line);
                }));
        daemon(name + "-stdout", () -> {
            child.readLines(child.process.getInputStream(), line -> listener.accept(new Happening.Line(child, line)));
            child.reportEnd(errors, listener);
        });
        return child;
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void readLines(InputStream stream, Consumer<String> receiver) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                receiver.accept(line);
            }
        } catch (IOException closed) {
            // The process ended in the middle of a line.
        }
    }

    /** Everything that the child said comes before the news of its end. */
    private void reportEnd(Thread errors, Consumer<Happening> listener) {
        try {
            int exitCode = process.waitFor();
            errors.join();
            listener.accept(new Happening.Ended(this, exitCode));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the child is called in messages. */
    public String name() {
        return name;
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The line of its standard error that says best why it ended; empty when there is none. */
    public String lastWords() {
        return stderr.lastWords();
    }

    /** All that it said on standard error, as far as kept. */
    public String errorOutput() {
        return stderr.text();
    }

    /** Asks it to end. */
    public void askToEnd() {
        process.destroy();
    }

    /** Ends it, with SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end, at most {@code patience}; returns whether it has ended. */
    public boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
