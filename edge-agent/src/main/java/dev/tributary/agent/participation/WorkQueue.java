package dev.tributary.agent.participation;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * One device's serial queue over a shared executor: short events in order, and long work one piece at a time, only when
 * no event waits. Between two pieces of work the thread goes back, so that devices take turns.
 */
final class WorkQueue {
    private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());

    private final Executor executor;
    private final BooleanSupplier longWork;
    private final ConcurrentLinkedQueue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** A queue whose {@code longWork} does one piece and says whether there was one. */
    WorkQueue(Executor executor, BooleanSupplier longWork) {
        this.executor = executor;
        this.longWork = longWork;
    }

    /** Queues a short event; returns at once. */
    void tell(Runnable event) {
        events.add(event);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                executor.execute(this::turn);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "the executor is closed; an event is dropped");
            }
        }
    }

    private void turn() {
        boolean again = false;
        try {
            for (Runnable event = events.poll(); event != null; event = events.poll()) {
                guarded(event);
            }
            again = longWork.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a device's work failed; going on", e);
        } finally {
            scheduled.set(false);
        }
        if (again || !events.isEmpty()) {
            schedule();
        }
    }

    private static void guarded(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a device's event failed; going on", e);
        }
    }
}
