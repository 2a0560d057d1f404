package dev.tributary.demo.child;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** All our children: started with the launcher, heard in one queue, ended together. Safe from any thread. */
public final class ChildProcesses implements AutoCloseable {
    /** Others speak through the broker, so it goes last. */
    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(2);

    private static final Duration BEFORE_FORCE = Duration.ofSeconds(4);
    private static final Duration AFTER_FORCE = Duration.ofMillis(500);
    /** Ctrl-C reaches the whole process group: a child may be gone a moment before we hear of it ourselves. */
    private static final Duration UNTIL_OUR_SIGNAL = Duration.ofMillis(700);
    /** 128 + SIGINT, 128 + SIGTERM. */
    private static final List<Integer> ENDED_BY_SIGNAL = List.of(130, 143);

    private final Path launcher;
    private final BiConsumer<String, String> stderrListener;
    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final List<ChildProcess> children = new ArrayList<>();
    private volatile boolean closing;

    /**
     * No children yet.
     *
     * @param launcher the script that knows how to start each command
     * @param stderrListener hears each line of standard error, with the child's name first
     */
    public ChildProcesses(Path launcher, BiConsumer<String, String> stderrListener) {
        this.launcher = launcher;
        this.stderrListener = stderrListener;
    }

    /** Starts {@code launcher arguments…}, in a cleaned environment and with this process's JDK. */
    public ChildProcess start(String name, List<String> arguments) throws IOException {
        return start(name, arguments, Map.of());
    }

    /** The same with more variables in the child's environment. */
    public synchronized ChildProcess start(String name, List<String> arguments, Map<String, String> environment)
            throws IOException {
        if (closing) {
            throw new IOException("stopping");
        }
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        ChildEnvironment.apply(builder.environment());
        builder.environment().putAll(environment);
        ChildProcess child =
                ChildProcess.start(name, builder, line -> stderrListener.accept(name, line), happenings::add);
        children.removeIf(earlier -> !earlier.isAlive());
        children.add(child);
        return child;
    }

    /**
     * The next thing that a child did; empty when nothing happened within {@code patience}. Once {@link #close} has begun
     * the ends of children are no news.
     */
    public Optional<Happening> next(Duration patience) throws InterruptedException {
        Happening happening = happenings.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (happening instanceof Happening.Ended ended && ENDED_BY_SIGNAL.contains(ended.exitCode())) {
            TimeUnit.MILLISECONDS.sleep(UNTIL_OUR_SIGNAL.toMillis());
        }
        return closing ? Optional.empty() : Optional.ofNullable(happening);
    }

    /** Whether {@link #close} has begun. */
    public boolean isClosing() {
        return closing;
    }

    /** Ends all children, the first ones last, by force if they do not within four seconds; returns when they are gone. */
    @Override
    public void close() {
        closing = true;
        endAll();
    }

    private synchronized void endAll() {
        long start = System.nanoTime();
        List<ChildProcess> alive =
                children.stream().filter(ChildProcess::isAlive).toList();
        List<ChildProcess> first =
                alive.stream().filter(child -> !isBroker(child)).toList();
        first.forEach(ChildProcess::askToEnd);
        first.forEach(child -> child.awaitEnd(BEFORE_THE_FIRST.minusNanos(System.nanoTime() - start)));
        alive.stream().filter(ChildProcesses::isBroker).forEach(ChildProcess::askToEnd);
        alive.forEach(child -> child.awaitEnd(BEFORE_FORCE.minusNanos(System.nanoTime() - start)));
        alive.stream().filter(ChildProcess::isAlive).forEach(ChildProcess::kill);
        alive.forEach(child -> child.awaitEnd(AFTER_FORCE));
    }

    private static boolean isBroker(ChildProcess child) {
        return child.name().equals("broker");
    }
}
