package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.admission.Admission;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.model.Bytes;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Presence;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The thread of one federation. The methods enqueue and return at once, from any thread; {@code done} runs once the work
 * is done, also when it failed.
 */
public final class FederationLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FederationLoop.class.getName());
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    private final FederationEngine engine;
    private final FederationListener listener;
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final Thread thread;
    private volatile FederationStatus status;

    /**
     * What a federation works with.
     *
     * @param initialWeights where training begins; zeros without
     * @param listener of this and other federations
     */
    public record Parts(
            Optional<Weights> initialWeights,
            NonceSource nonces,
            Admission admission,
            ServerOptimizer optimizer,
            FederationStore store,
            Outbox outbox,
            FederationListener listener,
            InstantSource clock) {}

    /** A federation that does nothing until {@link #start}. */
    public FederationLoop(FederationDefinition definition, Parts parts) {
        this.engine = new FederationEngine(
                definition,
                parts.initialWeights(),
                parts.nonces(),
                parts.admission(),
                parts.optimizer(),
                parts.store(),
                parts.outbox(),
                parts.listener(),
                parts.clock());
        this.listener = parts.listener();
        this.status = FederationStatus.of(engine.state());
        this.thread = new Thread(this::run, "federation-" + definition.id());
    }

    /** The federation that this runs. */
    public FederationId id() {
        return engine.id();
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    /** How the federation stood after the newest piece of work. */
    public FederationStatus status() {
        return status;
    }

    /** Completes when the federation ended. */
    public CompletableFuture<Void> finished() {
        return finished.copy();
    }

    /** The broker is reached. */
    public void onConnected(boolean sessionPresent) {
        queue.add(() -> engine.onConnected(sessionPresent));
    }

    /** A device's presence came. */
    public void onPresence(Presence presence, Runnable done) {
        enqueue(() -> engine.onPresence(presence), done);
    }

    /** The announcement that is retained came, because of a new subscription. */
    public void onRetainedRound(Bytes payload, Runnable done) {
        enqueue(() -> engine.onRetainedRound(payload), done);
    }

    /** A device's answer to an announcement came. */
    public void onAnswer(String topic, DeviceId device, Bytes payload, Runnable done) {
        enqueue(() -> engine.onAnswer(topic, device, payload), done);
    }

    private void enqueue(Runnable work, Runnable done) {
        queue.add(() -> {
            try {
                work.run();
            } finally {
                done.run();
            }
        });
    }

    private void run() {
        try {
            long nextTick = System.nanoTime();
            while (!Thread.currentThread().isInterrupted()) {
                long wait = nextTick - System.nanoTime();
                Runnable work = queue.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
                if (work != null) {
                    safely(work);
                }
                if (System.nanoTime() - nextTick >= 0) {
                    safely(engine::onTick);
                    nextTick = System.nanoTime() + TICK.toNanos();
                }
                status = FederationStatus.of(engine.state());
                if (engine.state().isFinished()) {
                    finished.complete(null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One piece of work that fails does not end the federation. */
    private void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "federation " + id() + ": a message could not be handled", e);
            listener.on(new FederationEvent.Problem(id(), "a message could not be handled: " + e));
        }
    }

    /** Ends the thread; what is queued is dropped, and stays the broker's. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
