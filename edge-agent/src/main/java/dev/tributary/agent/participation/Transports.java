package dev.tributary.agent.participation;

import dev.tributary.transport.Transport;
import java.time.Duration;
import java.util.Optional;

/** Makes a device's transports, one after the other. */
@FunctionalInterface
public interface Transports {
    /**
     * A transport that is not started, with {@link DeviceSession#will} as its will.
     *
     * @param keepAlive at least; empty for what the device's own configuration says
     */
    Transport open(Optional<Duration> keepAlive);
}
