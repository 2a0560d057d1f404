package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOutcome;
import dev.tributary.transport.TransportListener;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Queues what the transport tells, so that nothing works on its thread; a malformed message is counted and dropped. */
final class SessionInbox implements TransportListener {
    private static final System.Logger LOG = System.getLogger(SessionInbox.class.getName());

    private final DeviceId device;
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final WorkQueue queue;
    private final TrafficLedger ledger;
    private final SessionListener listener;
    private final Consumer<Boolean> connected;
    private final BiConsumer<Publication, PublishOutcome> published;
    private final Set<Traffic> complained = EnumSet.noneOf(Traffic.class);

    /** What a topic's messages are counted as, and who takes them. */
    private record Route(Traffic traffic, Consumer<Delivery> taker) {}

    SessionInbox(
            DeviceId device,
            List<Participation> participations,
            WorkQueue queue,
            TrafficLedger ledger,
            SessionListener listener,
            Consumer<Boolean> connected,
            BiConsumer<Publication, PublishOutcome> published) {
        this.device = device;
        this.queue = queue;
        this.ledger = ledger;
        this.listener = listener;
        this.connected = connected;
        this.published = published;
        for (Participation participation : participations) {
            FederationId federation = participation.member().federation();
            route(Topics.spec(federation), Traffic.SPEC, participation::onSpec);
            route(Topics.model(federation), Traffic.MODEL, participation::onModel);
            route(Topics.modelDelta(federation), Traffic.DELTA, participation::onModelDelta);
            route(Topics.receipt(federation, device), Traffic.RECEIPT, participation::onReceipt);
            routes.put(
                    Topics.round(federation),
                    new Route(
                            Traffic.ROUND,
                            delivery ->
                                    participation.onRound(delivery.payload(), delivery.retained(), delivery.expiry())));
        }
    }

    private void route(String topic, Traffic traffic, Consumer<Bytes> taker) {
        routes.put(topic, new Route(traffic, delivery -> taker.accept(delivery.payload())));
    }

    @Override
    public void onMessage(Delivery delivery) {
        queue.tell(() -> {
            try {
                take(delivery);
            } finally {
                delivery.acknowledge();
            }
        });
    }

    private void take(Delivery delivery) {
        Optional<Route> route = Optional.ofNullable(routes.get(delivery.topic()));
        if (route.isEmpty()) {
            return;
        }
        try {
            route.get().taker().accept(delivery);
        } catch (MalformedMessageException e) {
            Traffic traffic = route.get().traffic();
            listener.onMalformed(traffic);
            if (complained.add(traffic)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} drops a message on {1} (said once, then counted): {2}",
                        device,
                        delivery.topic(),
                        e.getMessage());
            }
        }
    }

    @Override
    public void onConnected(boolean sessionPresent) {
        listener.onConnected();
        queue.tell(() -> connected.accept(sessionPresent));
    }

    @Override
    public void onDisconnected(String reason) {
        listener.onDisconnected(reason);
    }

    @Override
    public void onPublished(Publication publication, PublishOutcome outcome) {
        ledger.remove(publication);
        queue.tell(() -> published.accept(publication, outcome));
    }

    @Override
    public void onPublishSent(String topic, int packetBytes) {
        Optional<TrafficLedger.Entry> entry = ledger.find(topic, packetBytes);
        listener.onSent(
                entry.map(TrafficLedger.Entry::traffic).orElse(Traffic.OTHER),
                packetBytes,
                entry.map(TrafficLedger.Entry::float32PacketBytes).orElse(packetBytes));
    }

    @Override
    public void onPublishReceived(String topic, int packetBytes) {
        Optional<Route> route = Optional.ofNullable(routes.get(topic));
        listener.onReceived(route.map(Route::traffic).orElse(Traffic.OTHER), packetBytes);
    }
}
