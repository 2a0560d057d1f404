package dev.tributary.transport;

import dev.tributary.model.Bytes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The deterministic twin of an MQTT 5 broker, with its clients, for tests: retained messages, wildcards, sessions with
 * redelivery, wills, expiry, and faults on demand.
 *
 * <p>It has no thread. Listeners are called on the caller's thread, in order, one call at a time over the whole broker,
 * before the call that caused them returns; what a listener causes comes after what was waiting. Called from several
 * threads, the thread that is calling listeners takes over the others' work. A time that passes is seen at the next
 * call. Safe from any thread.
 */
public final class InMemoryBroker {
    private final InstantSource clock;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, Timed> retained = new LinkedHashMap<>();
    private final Set<String> barred = new HashSet<>();
    private final Queue<Runnable> calls = new ArrayDeque<>();
    private boolean calling;

    /** A message and the moment it expires. */
    record Timed(Publication publication, Optional<Instant> expiresAt) {
        boolean isOver(Instant now) {
            return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
        }
    }

    /** A broker on the system's clock. */
    public InMemoryBroker() {
        this(InstantSource.system());
    }

    /** A broker whose messages expire by {@code clock}. */
    public InMemoryBroker(InstantSource clock) {
        this.clock = clock;
    }

    /** A client that is not started yet; another with the same id takes its session over. */
    public Transport transport(String clientId, Optional<Publication> will) {
        return new InMemoryTransport(this, clientId, will);
    }

    /** Ends the client's connection abnormally, so that its will is published, and bars it until {@link #mend}. */
    public void cut(String clientId) {
        run(() -> {
            barred.add(clientId);
            session(clientId).disconnect("connection lost", true);
        });
    }

    /** Lets the client connect again, which it does at once. */
    public void mend(String clientId) {
        run(() -> {
            barred.remove(clientId);
            session(clientId).admit();
        });
    }

    /** Forgets the client's subscriptions and the messages that wait for it; to be called while it is cut. */
    public void dropSession(String clientId) {
        run(() -> session(clientId).clear());
    }

    /** Ends as a broker does that keeps everything in memory and is killed, and comes back empty; no will is sent. */
    public void restartEmpty() {
        run(() -> {
            retained.clear();
            List<Session> all = new ArrayList<>(sessions.values());
            all.forEach(session -> session.disconnect("broker ended", false));
            all.forEach(Session::clear);
            all.stream().filter(session -> !barred.contains(session.clientId())).forEach(Session::admit);
        });
    }

    /** Whether the client is connected. */
    public synchronized boolean isConnected(String clientId) {
        return sessions.containsKey(clientId) && sessions.get(clientId).isConnected();
    }

    /** The payload of the topic's retained message. */
    public synchronized Optional<Bytes> retained(String topic) {
        return Optional.ofNullable(retained.get(topic))
                .filter(timed -> !timed.isOver(clock.instant()))
                .map(timed -> timed.publication().payload());
    }

    /** The topics that have a retained message, in the order of their first one. */
    public synchronized List<String> retainedTopics() {
        return retained.entrySet().stream()
                .filter(entry -> !entry.getValue().isOver(clock.instant()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Changes the state under the lock, then calls the listeners that this concerns without it. */
    void run(Runnable change) {
        synchronized (this) {
            change.run();
            if (calling) {
                return;
            }
            calling = true;
        }
        boolean ended = false;
        try {
            for (Runnable call = next(); call != null; call = next()) {
                call.run();
            }
            ended = true;
        } finally {
            if (!ended) {
                stopCalling();
            }
        }
    }

    private synchronized Runnable next() {
        Runnable call = calls.poll();
        calling = call != null;
        return call;
    }

    /** A listener's failed assertion ends the test's call, not the broker. */
    private synchronized void stopCalling() {
        calling = false;
    }

    /** The rest is called under the lock only. */
    void later(Runnable listenerCall) {
        calls.add(listenerCall);
    }

    Session session(String clientId) {
        return sessions.computeIfAbsent(clientId, id -> new Session(this, id));
    }

    boolean isBarred(String clientId) {
        return barred.contains(clientId);
    }

    Instant now() {
        return clock.instant();
    }

    PublishOutcome route(Publication publication) {
        Timed timed = new Timed(publication, publication.expiry().map(now()::plus));
        if (publication.retained()) {
            if (publication.payload().size() == 0) {
                retained.remove(publication.topic());
            } else {
                retained.put(publication.topic(), timed);
            }
        }
        List<Session> subscribers = sessions.values().stream()
                .filter(session -> session.wants(publication.topic()))
                .toList();
        subscribers.forEach(session -> session.offer(timed, false));
        return subscribers.isEmpty() && publication.qos() > 0
                ? PublishOutcome.NO_SUBSCRIBERS
                : PublishOutcome.DELIVERED;
    }

    void offerRetained(Session session, TopicFilter filter) {
        List<Timed> kept = retained.values().stream()
                .filter(timed -> filter.matches(timed.publication().topic()))
                .toList();
        kept.forEach(timed -> session.offer(timed, true));
    }
}
