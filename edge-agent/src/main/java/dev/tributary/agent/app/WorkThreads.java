package dev.tributary.agent.app;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One thread for each core, for the work of all devices; what comes after {@link #close} is dropped. */
final class WorkThreads implements Executor, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkThreads.class.getName());

    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
                Thread thread = new Thread(task, "work-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    @Override
    public void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            if (!threads.isShutdown()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            // What works uses files that are closed next.
            if (!threads.awaitTermination(500, TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.DEBUG, "work goes on while the process ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
