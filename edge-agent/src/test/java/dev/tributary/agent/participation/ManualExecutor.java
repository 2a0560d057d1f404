package dev.tributary.agent.participation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs what it was given, and lets time pass, when the test says so. */
final class ManualExecutor implements Executor, SessionClock {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private long nanos;

    private record Timer(long dueNanos, Runnable task) {}

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
        List<Timer> due = List.copyOf(timers);
        timers.clear();
        due.forEach(timer -> timer.task().run());
    }

    /** Lets time pass, timers ring when they are due, and runs all that follows. */
    void pass(Duration time) {
        runAll();
        long end = nanos + time.toNanos();
        for (Optional<Timer> next = nextUntil(end); next.isPresent(); next = nextUntil(end)) {
            timers.remove(next.get());
            nanos = Math.max(nanos, next.get().dueNanos());
            next.get().task().run();
            runAll();
        }
        nanos = Math.max(nanos, end);
    }

    private Optional<Timer> nextUntil(long end) {
        return timers.stream().filter(timer -> timer.dueNanos() <= end).min(Comparator.comparingLong(Timer::dueNanos));
    }

    int timers() {
        return timers.size();
    }

    @Override
    public long nanoTime() {
        return nanos += 1_000_000;
    }

    /** The same moment, which asking does not move. */
    long nanoTimeWithoutStep() {
        return nanos;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        timers.add(new Timer(nanos + delay.toNanos(), task));
    }
}
