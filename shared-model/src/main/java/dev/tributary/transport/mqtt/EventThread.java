package dev.tributary.transport.mqtt;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that runs what it is given, in order, and survives what that throws. Safe from any thread. */
final class EventThread {
    private static final System.Logger LOG = System.getLogger(EventThread.class.getName());
    private static final long END_MILLIS = 3_000;

    private final ScheduledThreadPoolExecutor executor;
    private volatile Thread thread;

    EventThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = new Thread(work, name);
            created.setDaemon(true);
            thread = created;
            return created;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs {@code work} soon; false when this thread has ended. */
    boolean run(Runnable work) {
        return later(Duration.ZERO, work);
    }

    /** Runs {@code work} after {@code delay}; false when this thread has ended. */
    boolean later(Duration delay, Runnable work) {
        try {
            Future<?> taken = executor.schedule(() -> guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
            return !taken.isCancelled();
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "an event could not be handled; going on", e);
        }
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    ScheduledExecutorService timers() {
        return executor;
    }

    /** Ends after what was given to run at once, and waits for it unless it is called on this thread itself. */
    void close() {
        run(executor::shutdownNow);
        if (!isCurrent()) {
            try {
                if (!executor.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
                    LOG.log(System.Logger.Level.WARNING, "a listener did not return; leaving its thread behind");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
