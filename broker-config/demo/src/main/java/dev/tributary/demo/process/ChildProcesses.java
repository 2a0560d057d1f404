package dev.tributary.demo.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** All children of this process; their lines and ends arrive in one queue. Safe for use by many threads. */
public final class ChildProcesses implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 3_000;

    /** Something that a child did: wrote a line, or, with {@code line = null}, ended. */
    public record Event(ChildProcess child, String line) {
        /** Whether the child has ended. */
        public boolean ended() {
            return line == null;
        }
    }

    private final Path launcher;
    private final Path folder;
    private final List<ChildProcess> children = new ArrayList<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private boolean closed;

    /** Children of the launcher script {@code launcher}, working in {@code folder}. */
    public ChildProcesses(Path launcher, Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    /** Starts {@code tributary arguments…}. */
    public synchronized ChildProcess start(String name, List<String> arguments) throws IOException {
        if (closed) {
            throw new IOException("stopping");
        }
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        ChildProcess[] self = new ChildProcess[1];
        BlockingQueue<String> early = new LinkedBlockingQueue<>();
        ChildProcess child = ChildProcess.start(name, command, folder, line -> {
            synchronized (self) {
                if (self[0] == null) {
                    early.add(line);
                } else {
                    events.add(new Event(self[0], line));
                }
            }
        });
        synchronized (self) {
            self[0] = child;
            early.forEach(line -> events.add(new Event(child, line)));
        }
        child.onExit(() -> events.add(new Event(child, null)));
        children.add(child);
        return child;
    }

    /** The next event, or null when none came within {@code millis}. */
    public Event next(long millis) throws InterruptedException {
        return events.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** Stops all children, newest first, within five seconds, by force if need be. */
    @Override
    public synchronized void close() {
        closed = true;
        for (int i = children.size() - 1; i >= 0; i--) {
            children.get(i).terminate();
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            for (ChildProcess child : children) {
                child.waitFor(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.stream().filter(ChildProcess::isAlive).forEach(ChildProcess::kill);
    }
}
