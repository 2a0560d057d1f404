package dev.tributary.agent.app;

import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.simulate.BothListeners;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** The meters of a fleet together, and why a device was disconnected most lately. Safe for many threads. */
final class FleetMeters {
    private final AgentMeters meters;
    private volatile Optional<String> lastFailure = Optional.empty();

    FleetMeters(MeterRegistry registry) {
        this.meters = new AgentMeters(registry);
    }

    /** Hears all sessions of the fleet. */
    SessionListener listener() {
        return new BothListeners(meters, new SessionListener() {
            @Override
            public void onDisconnected(String reason) {
                lastFailure = Optional.of(reason);
            }
        });
    }

    /** Why a device could not connect, or was disconnected, most lately. */
    Optional<String> lastFailure() {
        return lastFailure;
    }

    /** Counts predictions. */
    void predicted() {
        meters.predicted();
    }
}
