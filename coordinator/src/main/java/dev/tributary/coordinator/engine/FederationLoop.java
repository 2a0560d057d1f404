package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.admission.Admission;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.StoreUnavailableException;
import dev.tributary.model.Bytes;
import dev.tributary.model.InitialWeights;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Presence;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The thread of one federation. The methods enqueue and return at once, from any thread; {@code done} runs once what the
 * work changed is durable.
 *
 * <p>Work is committed in groups: at most {@value #MAX_GROUP}, or what there is. While the store cannot be used, the
 * group waits, nothing of it is seen outside, and the federation goes on from the store when that is back: the same way
 * as after a crash.
 */
public final class FederationLoop implements AutoCloseable {
    /** HiveMQ delivers this many messages before it waits for acknowledgements. */
    static final int MAX_GROUP = 50;

    private static final System.Logger LOG = System.getLogger(FederationLoop.class.getName());
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofMillis(500);
    /** A store that could be read for so long, when there was nothing to write, counts as one that can be used. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    private final FederationDefinition definition;
    private final Parts parts;
    private final UnitOfWork unit = new UnitOfWork();
    private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final Thread thread;
    private volatile FederationStatus status = FederationStatus.unknown();
    private volatile Optional<String> trouble = Optional.empty();

    // From here on: the thread's.
    private final Deque<Job> waiting = new ArrayDeque<>();
    private Optional<FederationEngine> engine = Optional.empty();
    private int groupLimit = MAX_GROUP;
    private long troubledNanos;
    private boolean connected;
    /** Whether the broker has what the engine before put up, so that the next one need not do it again. */
    private boolean isBoardUp;

    /**
     * What a federation works with.
     *
     * @param firstWeights where training begins, if that is given
     * @param listener of this and other federations
     */
    public record Parts(
            Optional<FirstWeights> firstWeights,
            NonceSource nonces,
            Admission admission,
            ServerOptimizer optimizer,
            History history,
            FederationStore store,
            Outbox outbox,
            FederationListener listener,
            InstantSource clock) {
        /** Where training begins: as given, or drawn from the federation's first nonce, which follows from its seed. */
        Weights firstWeights(FederationDefinition definition, ModelSchema standardised) {
            return firstWeights.map(given -> given.under(standardised)).orElseGet(() -> {
                byte[] nonce = nonces.nonce(new RoundId(1, 1)).toArray();
                Seed seed = Seed.of(definition.id().value(), nonce, 0, "");
                return InitialWeights.of(definition.schema(), seed);
            });
        }
    }

    /** Work for an engine, and what to do when it is durable or was given up. */
    private static final class Job {
        final Work work;
        final Runnable done;

        Job(Work work, Runnable done) {
            this.work = work;
            this.done = done;
        }
    }

    /** One piece of work; what it throws concerns it alone. */
    private interface Work {
        void on(FederationEngine engine);
    }

    /** A federation that does nothing until {@link #start}. */
    public FederationLoop(FederationDefinition definition, Parts parts) {
        this.definition = definition;
        this.parts = parts;
        this.thread = new Thread(this::run, "federation-" + definition.id());
    }

    /** The federation that this runs. */
    public FederationId id() {
        return definition.id();
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    /** How the federation stood when its newest work was durable. */
    public FederationStatus status() {
        return status;
    }

    /** Why the federation cannot go on now; empty when it can. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Completes when the federation ended. */
    public CompletableFuture<Void> finished() {
        return finished.copy();
    }

    /** The broker is reached; after a lost session, and the first time, all retained messages are put up. */
    public void onConnected(boolean sessionPresent) {
        add(
                working -> {
                    if (!connected || !sessionPresent) {
                        working.putUp();
                    }
                },
                () -> connected = true);
    }

    /** A device's presence came. */
    public void onPresence(Presence presence, Runnable done) {
        add(working -> working.onPresence(presence), done);
    }

    /** The announcement that is retained came, because of a new subscription. */
    public void onRetainedRound(Bytes payload, Runnable done) {
        add(working -> working.onRetainedRound(payload), done);
    }

    /** A device's answer to an announcement came. */
    public void onAnswer(String topic, DeviceId device, Bytes payload, Runnable done) {
        add(working -> working.onAnswer(topic, device, payload), done);
    }

    /**
     * Publishes the weights of an earlier version as a new one; the answer is its number, or an
     * {@link IllegalArgumentException} when that version cannot be used, or {@code expected} is there and not the newest.
     */
    public CompletableFuture<Long> rollBack(long version, OptionalLong expected) {
        return ask("the roll-back", working -> working.rollBack(version, expected));
    }

    /** Opens no round from now on, or again; whether that is news, or an {@link IllegalArgumentException}. */
    public CompletableFuture<Boolean> pause(boolean paused) {
        return ask("that", working -> working.pause(paused));
    }

    /** Lets a device take no part from now on, for a reason, or without one take part again. */
    public CompletableFuture<Boolean> quarantine(DeviceId device, Optional<String> reason) {
        return ask("that", working -> {
            working.quarantine(device, reason);
            return true;
        });
    }

    /** Gives the answer when what it says is durable. */
    private <T> CompletableFuture<T> ask(String what, Function<FederationEngine, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        add(
                working -> {
                    try {
                        T value = question.apply(working);
                        unit.then(() -> answer.complete(value));
                    } catch (IllegalArgumentException e) {
                        answer.completeExceptionally(e);
                    }
                },
                () -> answer.completeExceptionally(new IllegalStateException(what + " failed; see the log")));
        return answer;
    }

    private void add(Work work, Runnable done) {
        queue.add(new Job(work, done));
    }

    private void run() {
        try {
            long nextTick = System.nanoTime();
            while (!Thread.currentThread().isInterrupted()) {
                if (engine.isEmpty() && !begin()) {
                    Thread.sleep(RETRY.toMillis());
                    continue;
                }
                collect(nextTick);
                boolean isTickDue = System.nanoTime() - nextTick >= 0;
                if (!work(isTickDue)) {
                    Thread.sleep(RETRY.toMillis());
                    continue;
                }
                if (isTickDue) {
                    nextTick = System.nanoTime() + TICK.toNanos();
                }
                if (engine.map(FederationEngine::state)
                        .filter(state -> state.isFinished())
                        .isPresent()) {
                    finished.complete(null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins from the store; false when that is not possible now. */
    private boolean begin() {
        unit.clear();
        try {
            FederationEngine begun = new FederationEngine(definition, parts, unit);
            if (connected && !isBoardUp) {
                begun.putUp();
            }
            unit.commit(parts.store()).forEach(this::safely);
            engine = Optional.of(begun);
            isBoardUp = false;
            status = FederationStatus.of(begun.state());
            return true;
        } catch (RuntimeException e) {
            trouble(e);
            return false;
        }
    }

    /** Waits for work until {@code nextTick}, and takes what fits into a group. */
    private void collect(long nextTick) throws InterruptedException {
        if (waiting.isEmpty()) {
            long wait = Math.max(0, nextTick - System.nanoTime());
            Job first = queue.poll(wait, TimeUnit.NANOSECONDS);
            if (first == null) {
                return;
            }
            waiting.add(first);
        }
        while (waiting.size() < MAX_GROUP) {
            Job next = queue.poll();
            if (next == null) {
                return;
            }
            waiting.add(next);
        }
    }

    /** Does a group of the waiting work and makes it durable; whether that went well. */
    private boolean work(boolean isTickDue) {
        List<Job> group = new ArrayList<>();
        FederationEngine working = engine.orElseThrow();
        Optional<Job> current = Optional.empty();
        List<Runnable> effects;
        boolean isWriting;
        try {
            for (Job job : waiting) {
                if (group.size() == groupLimit) {
                    break;
                }
                group.add(job);
                current = Optional.of(job);
                job.work.on(working);
                if (working.isOutdated()) {
                    break;
                }
            }
            current = Optional.empty();
            if (isTickDue && !working.isOutdated()) {
                working.onTick();
            }
            isWriting = unit.hasChanges();
            effects = unit.commit(parts.store());
        } catch (StoreUnavailableException e) {
            giveUp(e);
            return false;
        } catch (RuntimeException e) {
            isolate(group, current, e);
            return false;
        }
        group.forEach(job -> waiting.remove());
        groupLimit = MAX_GROUP;
        effects.forEach(this::safely);
        group.forEach(job -> safely(job.done));
        status = FederationStatus.of(working.state());
        if (working.isOutdated()) {
            engine = Optional.empty();
            isBoardUp = true;
        }
        if (trouble.isPresent() && (isWriting || System.nanoTime() - troubledNanos > CALM.toNanos())) {
            LOG.log(System.Logger.Level.INFO, "federation {0} goes on", id());
            trouble = Optional.empty();
        }
        return true;
    }

    private void giveUp(RuntimeException e) {
        engine = Optional.empty();
        trouble(e);
    }

    /** One piece of work that fails is dropped; if it is not known which, each is tried by itself. */
    private void isolate(List<Job> group, Optional<Job> current, RuntimeException e) {
        engine = Optional.empty();
        Optional<Job> culprit = group.size() == 1 ? Optional.of(group.get(0)) : current;
        LOG.log(System.Logger.Level.ERROR, "federation " + id() + ": a message could not be handled", e);
        if (culprit.isPresent()) {
            Job dropped = culprit.get();
            waiting.removeIf(job -> job == dropped);
            parts.listener().on(new FederationEvent.Problem(id(), "a message could not be handled: " + e));
            safely(dropped.done);
        } else if (group.isEmpty()) {
            trouble(e);
        } else {
            groupLimit = 1;
        }
    }

    private void trouble(RuntimeException e) {
        troubledNanos = System.nanoTime();
        String reason = String.valueOf(e.getMessage());
        if (!trouble.equals(Optional.of(reason))) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "federation {0} takes no answers and waits, because {1}; it goes on by itself",
                    id(),
                    reason);
            if (!(e instanceof StoreUnavailableException)) {
                LOG.log(System.Logger.Level.ERROR, "federation " + id() + " cannot begin", e);
            }
            trouble = Optional.of(reason);
        }
    }

    private void safely(Runnable effect) {
        try {
            effect.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "federation " + id() + ": telling failed", e);
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
