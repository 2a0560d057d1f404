package dev.tributary.agent.participation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs what it was given, and lets time pass, when the test says so. */
final class ManualExecutor implements Executor, SessionClock {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    private long nanos;

    @Override
    public void execute(Runnable command) {
        waiting.add(command);
    }

    /** Runs one task; returns whether there was one. */
    boolean runOne() {
        Runnable next = waiting.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    void runAll() {
        while (runOne()) {
            // Until nothing is left.
        }
    }

    /** Lets every timer that was set before this call ring. */
    void ring() {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    int timers() {
        return timers.size();
    }

    @Override
    public long nanoTime() {
        return nanos += 1_000_000;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        timers.add(task);
    }
}
