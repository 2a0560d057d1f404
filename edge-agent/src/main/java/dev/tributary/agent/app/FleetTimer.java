package dev.tributary.agent.app;

import dev.tributary.agent.participation.SessionClock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The machine's monotonic clock, and one thread for what is to come later. */
final class FleetTimer implements SessionClock, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FleetTimer.class.getName());

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "fleet-timer");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            var unused = timer.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "nothing comes later any more");
        }
    }

    /** Runs a task again and again. */
    void every(Duration interval, Runnable task) {
        var unused = timer.scheduleAtFixedRate(
                () -> run(task), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a task of the timer failed", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
