package dev.tributary.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the in-memory broker keeps of one client; guarded by the broker's lock. */
final class Session {
    /** A message on its way to the client, until it is acknowledged. */
    private static final class Pending {
        final InMemoryBroker.Timed timed;
        final boolean retained;
        boolean sent;

        Pending(InMemoryBroker.Timed timed, boolean retained) {
            this.timed = timed;
            this.retained = retained;
        }
    }

    private final InMemoryBroker broker;
    private final String clientId;
    private final Set<TopicFilter> filters = new LinkedHashSet<>();
    private final List<Pending> pending = new ArrayList<>();
    private InMemoryTransport client;
    private boolean present;
    private boolean connected;
    private int connection;

    Session(InMemoryBroker broker, String clientId) {
        this.broker = broker;
        this.clientId = clientId;
    }

    String clientId() {
        return clientId;
    }

    boolean isConnected() {
        return connected;
    }

    boolean isConnected(InMemoryTransport who) {
        return connected && client == who;
    }

    boolean wants(String topic) {
        return filters.stream().anyMatch(filter -> filter.matches(topic));
    }

    /** A new client object takes the session over. */
    void attach(InMemoryTransport newcomer) {
        if (client != null && client != newcomer) {
            disconnect("session taken over (142)", true);
        }
        client = newcomer;
        if (broker.isBarred(clientId)) {
            newcomer.disconnected("connection refused");
        } else {
            admit();
        }
    }

    void admit() {
        if (client == null || connected) {
            return;
        }
        connected = true;
        connection++;
        boolean sessionPresent = present;
        present = true;
        List<Pending> before = List.copyOf(pending);
        client.connected(sessionPresent);
        sendAgain(before);
    }

    void subscribe(TopicFilter filter) {
        filters.add(filter);
        broker.offerRetained(this, filter);
    }

    void unsubscribe(TopicFilter filter) {
        filters.remove(filter);
    }

    void offer(InMemoryBroker.Timed timed, boolean retained) {
        Pending entry = new Pending(timed, retained);
        if (timed.publication().qos() > 0) {
            pending.add(entry);
        }
        if (connected) {
            send(entry);
        }
    }

    private void sendAgain(List<Pending> before) {
        Instant now = broker.now();
        pending.removeIf(entry -> !entry.sent && entry.timed.isOver(now));
        before.stream().filter(pending::contains).forEach(this::send);
    }

    private void send(Pending entry) {
        if (entry.timed.isOver(broker.now()) && !entry.sent) {
            pending.remove(entry);
            return;
        }
        entry.sent = true;
        int connectionOfThis = connection;
        InMemoryTransport receiver = client;
        Publication publication = entry.timed.publication();
        receiver.deliver(
                publication,
                entry.retained,
                entry.timed.expiresAt().map(end -> Duration.between(broker.now(), end)),
                () -> connected && connection == connectionOfThis,
                () -> broker.run(() -> {
                    if (connected && connection == connectionOfThis) {
                        pending.remove(entry);
                    }
                }));
    }

    void disconnect(String reason, boolean abnormal) {
        if (client == null || !connected) {
            return;
        }
        connected = false;
        client.disconnected(reason);
        if (abnormal) {
            client.will().ifPresent(broker::route);
        }
    }

    /** The client ends of its own will. */
    void leave(InMemoryTransport who) {
        if (client == who) {
            connected = false;
            client = null;
        }
    }

    void clear() {
        filters.clear();
        pending.clear();
        present = false;
    }
}
