package dev.tributary.agent.app;

import dev.tributary.agent.participation.SessionClock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The machine's clock, with timers on a given executor. */
public final class SystemSessionClock implements SessionClock {
    private static final System.Logger LOG = System.getLogger(SystemSessionClock.class.getName());

    private final ScheduledExecutorService timers;

    /** A clock whose timers ring on {@code timers} until that is shut down. */
    public SystemSessionClock(ScheduledExecutorService timers) {
        this.timers = timers;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            var unused = timers.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The process is ending, and what is pending ends with it.
            return;
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a timer's task failed; going on", e);
        }
    }
}
