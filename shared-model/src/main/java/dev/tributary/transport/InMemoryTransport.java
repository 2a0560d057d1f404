package dev.tributary.transport;

import dev.tributary.model.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A client of the {@link InMemoryBroker}; its state is guarded by the broker's lock. */
final class InMemoryTransport implements Transport {
    private static final System.Logger LOG = System.getLogger(InMemoryTransport.class.getName());

    /** A PUBACK without properties (MQTT 5.0, section 3.4). */
    private static final int PUBACK_BYTES = 4;

    private final InMemoryBroker broker;
    private final String clientId;
    private final Optional<Publication> will;
    private final Set<TopicFilter> filters = new LinkedHashSet<>();
    private final Set<TopicFilter> subscribed = new LinkedHashSet<>();
    private final Queue<Publication> outbox = new ArrayDeque<>();
    private final AtomicReference<LinkTraffic> traffic = new AtomicReference<>(LinkTraffic.NONE);
    private Optional<TransportListener> listener = Optional.empty();
    private boolean closed;

    private record InMemoryDelivery(
            String topic, Bytes payload, boolean retained, Optional<Duration> expiry, Runnable acknowledgement)
            implements Delivery {
        @Override
        public void acknowledge() {
            acknowledgement.run();
        }
    }

    InMemoryTransport(InMemoryBroker broker, String clientId, Optional<Publication> will) {
        this.broker = broker;
        this.clientId = clientId;
        this.will = will;
    }

    @Override
    public void start(TransportListener toTell) {
        broker.run(() -> {
            if (listener.isPresent() || closed) {
                throw new IllegalStateException("a transport must be started once, was " + clientId);
            }
            listener = Optional.of(toTell);
            broker.session(clientId).attach(this);
        });
    }

    @Override
    public void subscribe(String topicFilter) {
        TopicFilter filter = new TopicFilter(topicFilter);
        broker.run(() -> {
            filters.add(filter);
            if (hasConnection() && subscribed.add(filter)) {
                broker.session(clientId).subscribe(filter);
            }
        });
    }

    @Override
    public void unsubscribe(String topicFilter) {
        TopicFilter filter = new TopicFilter(topicFilter);
        broker.run(() -> {
            filters.remove(filter);
            if (hasConnection()) {
                dropSubscriptions();
            }
        });
    }

    private void dropSubscriptions() {
        for (TopicFilter filter : List.copyOf(subscribed)) {
            if (!filters.contains(filter)) {
                subscribed.remove(filter);
                broker.session(clientId).unsubscribe(filter);
            }
        }
    }

    @Override
    public void publish(Publication publication) {
        broker.run(() -> {
            if (closed) {
                throw new IllegalStateException("a closed transport must not publish, was " + clientId);
            }
            put(publication);
            sendOutbox();
        });
    }

    @Override
    public boolean isConnected() {
        synchronized (broker) {
            return hasConnection();
        }
    }

    /** Publications and their acknowledgements alone. */
    @Override
    public LinkTraffic traffic() {
        return traffic.get();
    }

    private void count(long sentBytes, long receivedBytes) {
        traffic.accumulateAndGet(new LinkTraffic(sentBytes, receivedBytes), LinkTraffic::plus);
    }

    @Override
    public void close() {
        broker.run(() -> {
            closed = true;
            broker.session(clientId).leave(this);
        });
    }

    private boolean hasConnection() {
        return !closed && broker.session(clientId).isConnected(this);
    }

    Optional<Publication> will() {
        return will;
    }

    void connected(boolean sessionPresent) {
        if (!sessionPresent) {
            subscribed.clear();
        }
        tell(told -> told.onConnected(sessionPresent));
        dropSubscriptions();
        for (TopicFilter filter : filters) {
            if (subscribed.add(filter)) {
                broker.session(clientId).subscribe(filter);
            }
        }
        sendOutbox();
    }

    void disconnected(String reason) {
        tell(told -> told.onDisconnected(reason));
    }

    void deliver(
            Publication publication,
            boolean retained,
            Optional<Duration> expiry,
            BooleanSupplier standing,
            Runnable acknowledgement) {
        int pubackBytes = publication.qos() > 0 ? PUBACK_BYTES : 0;
        Delivery delivery = new InMemoryDelivery(publication.topic(), publication.payload(), retained, expiry, () -> {
            count(pubackBytes, 0);
            acknowledgement.run();
        });
        int packetBytes = PublishPacket.size(publication);
        tell(told -> {
            if (stands(standing)) {
                count(0, packetBytes);
                told.onPublishReceived(delivery.topic(), packetBytes);
                hand(delivery, standing, told, 1);
            }
        });
    }

    /** A message of a connection that has gone meanwhile comes again with the next one. */
    private boolean stands(BooleanSupplier standing) {
        synchronized (broker) {
            return standing.getAsBoolean();
        }
    }

    private void hand(Delivery delivery, BooleanSupplier standing, TransportListener told, int number) {
        try {
            told.onMessage(delivery);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, delivery.topic() + ": try " + number + " failed", e);
            if (number == TransportListener.MAX_TRIES) {
                delivery.acknowledge();
                return;
            }
            broker.run(() -> tell(again -> {
                if (stands(standing)) {
                    hand(delivery, standing, again, number + 1);
                }
            }));
        }
    }

    private void put(Publication publication) {
        for (Publication older : List.copyOf(outbox)) {
            if (older.retained() && publication.retained() && older.topic().equals(publication.topic())) {
                outbox.remove(older);
                tell(told -> told.onPublished(older, PublishOutcome.SUPERSEDED));
            }
        }
        outbox.add(publication);
    }

    private void sendOutbox() {
        while (hasConnection() && !outbox.isEmpty()) {
            Publication publication = outbox.remove();
            int packetBytes = PublishPacket.size(publication);
            count(packetBytes, publication.qos() > 0 ? PUBACK_BYTES : 0);
            tell(told -> told.onPublishSent(publication.topic(), packetBytes));
            PublishOutcome outcome = broker.route(publication);
            tell(told -> told.onPublished(publication, outcome));
        }
    }

    private void tell(Consumer<TransportListener> call) {
        broker.later(() -> {
            try {
                listener.ifPresent(call);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "the listener of " + clientId + " failed; going on", e);
            }
        });
    }
}
