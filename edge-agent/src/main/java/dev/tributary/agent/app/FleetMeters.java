package dev.tributary.agent.app;

import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.participation.Traffic;
import dev.tributary.agent.simulate.Fleet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts what a fleet's sessions tell. */
final class FleetMeters implements SessionListener {
    private final Map<Traffic, Counter> sent = new EnumMap<>(Traffic.class);
    private final Map<Traffic, Counter> received = new EnumMap<>(Traffic.class);
    private final Counter float32;
    private volatile Optional<String> lastFailure = Optional.empty();

    FleetMeters(MeterRegistry registry) {
        for (Traffic traffic : Traffic.values()) {
            sent.put(traffic, bytes(registry, "sent", traffic));
            received.put(traffic, bytes(registry, "received", traffic));
        }
        float32 = registry.counter("tributary.publish.float32.bytes");
    }

    private static Counter bytes(MeterRegistry registry, String direction, Traffic traffic) {
        return registry.counter("tributary.publish.bytes", "direction", direction, "kind", traffic.word());
    }

    void observe(MeterRegistry registry, Fleet fleet) {
        var unused = Gauge.builder("tributary.devices.connected", fleet, Fleet::connectedCount)
                .register(registry);
    }

    /** Why a device could not connect, or was disconnected, most lately. */
    Optional<String> lastFailure() {
        return lastFailure;
    }

    @Override
    public void onDisconnected(String reason) {
        lastFailure = Optional.of(reason);
    }

    @Override
    public void onSent(Traffic traffic, int packetBytes, int float32PacketBytes) {
        sent.get(traffic).increment(packetBytes);
        if (traffic == Traffic.TRAIN) {
            float32.increment(float32PacketBytes);
        }
    }

    @Override
    public void onReceived(Traffic traffic, int packetBytes) {
        received.get(traffic).increment(packetBytes);
    }
}
