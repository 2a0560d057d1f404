package dev.tributary.coordinator.app;

import dev.tributary.coordinator.engine.FederationLoop;
import dev.tributary.coordinator.metrics.CoordinatorMeters;
import dev.tributary.coordinator.metrics.FleetTraffic;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.TransportListener;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives what the broker delivers to the federations that it concerns, which acknowledge it when they have dealt with it;
 * called on the transport's thread, it only enqueues.
 */
final class Router implements TransportListener {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    private final Map<FederationId, FederationLoop> loops;
    private final Map<String, FederationLoop> byRoundTopic;
    private final CoordinatorMeters meters;
    private final FleetTraffic traffic;
    private final AcknowledgementOrder order = new AcknowledgementOrder();
    private final AtomicReference<String> trouble = new AtomicReference<>("");

    Router(List<FederationLoop> loops, CoordinatorMeters meters, FleetTraffic traffic) {
        this.loops = loops.stream().collect(Collectors.toMap(FederationLoop::id, Function.identity()));
        this.byRoundTopic =
                loops.stream().collect(Collectors.toMap(loop -> Topics.round(loop.id()), Function.identity()));
        this.meters = meters;
        this.traffic = traffic;
    }

    @Override
    public void onMessage(Delivery delivery) {
        Runnable done = order.add(delivery);
        Optional<Topics.UpdateTopic> update = Topics.parseUpdate(delivery.topic());
        Optional<DeviceId> presence = Topics.parsePresence(delivery.topic());
        Optional<DeviceId> metrics = Topics.parseMetrics(delivery.topic());
        FederationLoop round = byRoundTopic.get(delivery.topic());
        if (update.isPresent() && loops.containsKey(update.get().federation())) {
            loops.get(update.get().federation())
                    .onAnswer(delivery.topic(), update.get().device(), delivery.payload(), done);
        } else if (presence.isPresent()) {
            presence(presence.get(), delivery.payload(), done);
        } else if (metrics.isPresent()) {
            metrics(metrics.get(), delivery.payload());
            done.run();
        } else if (round != null) {
            if (delivery.retained() && delivery.payload().size() > 0) {
                round.onRetainedRound(delivery.payload(), done);
            } else {
                done.run();
            }
        } else {
            meters.unreadable();
            done.run();
        }
    }

    private void metrics(DeviceId device, Bytes payload) {
        try {
            traffic.told(WireMapper.decodeMetrics(device, payload));
        } catch (MalformedMessageException e) {
            LOG.log(System.Logger.Level.DEBUG, "metrics of {0} cannot be read: {1}", device, e.getMessage());
            meters.unreadable();
        }
    }

    private void presence(DeviceId device, Bytes payload, Runnable done) {
        Presence presence;
        try {
            presence = payload.size() == 0
                    ? new Presence(device, Presence.Status.OFFLINE, "", List.of())
                    : WireMapper.decodePresence(device, payload);
        } catch (MalformedMessageException e) {
            LOG.log(System.Logger.Level.DEBUG, "presence of {0} cannot be read: {1}", device, e.getMessage());
            meters.unreadable();
            done.run();
            return;
        }
        AtomicInteger left = new AtomicInteger(loops.size());
        for (FederationLoop loop : loops.values()) {
            loop.onPresence(presence, () -> {
                if (left.decrementAndGet() == 0) {
                    done.run();
                }
            });
        }
    }

    @Override
    public void onConnected(boolean sessionPresent) {
        trouble.set("");
        LOG.log(System.Logger.Level.INFO, "connected to the broker");
        loops.values().forEach(loop -> loop.onConnected(sessionPresent));
    }

    @Override
    public void onDisconnected(String reason) {
        if (!trouble.getAndSet(reason).equals(reason)) {
            LOG.log(System.Logger.Level.WARNING, "no connection to the broker: {0}; trying on", reason);
        }
    }

    @Override
    public void onPublishSent(String topic, int packetBytes) {
        meters.packet("sent", topic, packetBytes);
    }

    @Override
    public void onPublishReceived(String topic, int packetBytes) {
        meters.packet("received", topic, packetBytes);
    }
}
