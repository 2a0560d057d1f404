package dev.tributary.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a process to stop: opened once by SIGTERM, SIGINT, {@link #stop}, or the end of standard input; safe from any
 * thread.
 *
 * <p>Once a signal came, the machine ends as soon as its shutdown hooks end. The hook therefore waits until
 * {@link #close}, at most {@link #GRACE}: close every part first and this one last, and exit after that.
 */
public final class StopSignal implements AutoCloseable {
    /** How long the parts of a process may take to stop after a signal. */
    public static final Duration GRACE = Duration.ofMillis(4500);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-signal");

    private StopSignal() {}

    /** A signal that SIGTERM and SIGINT open. */
    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Opens the signal at the end of standard input too, so that a child ends with its parent however that one ended. */
    public StopSignal orStdinEnd() {
        return orEndOf(System.in);
    }

    StopSignal orEndOf(InputStream input) {
        Thread reader = new Thread(() -> drain(input), "stop-with-stdin");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    private void drain(InputStream input) {
        byte[] ignored = new byte[256];
        try {
            while (input.read(ignored) >= 0) {
                // What the parent writes has no meaning; only the end has.
            }
        } catch (IOException e) {
            // A broken pipe is an end too.
        }
        stop();
    }

    /** Opens the signal. */
    public void stop() {
        stopped.countDown();
    }

    /** Whether the signal is open. */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits until the signal is open. */
    public void await() throws InterruptedException {
        stopped.await();
    }

    /** Waits until the signal is open, at most {@code timeout}; returns whether it is. */
    public boolean await(Duration timeout) throws InterruptedException {
        return stopped.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Opens the signal and lets the process end: everything is cleaned up. */
    @Override
    public void close() {
        stop();
        cleaned.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown is on its way and the hook ends by itself.
        }
    }

    private void stopAndWait() {
        stop();
        try {
            if (!cleaned.await(GRACE.toNanos(), TimeUnit.NANOSECONDS)) {
                System.getLogger(StopSignal.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "stopping took more than {0} ms; ending now",
                                GRACE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
