package dev.tributary.agent.participation;

import dev.tributary.transport.Transport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How a device reaches the broker.
 *
 * @param transports each time a transport that is not started, with {@link DeviceSession#will} as its will
 * @param spread keeps devices that were told the same thing from returning at the same moment
 */
public record Connecting(Supplier<Transport> transports, DutyCycle dutyCycle, RandomGenerator spread) {
    /** A device that keeps its one connection. */
    public static Connecting always(Supplier<Transport> transports) {
        return new Connecting(transports, new DutyCycle.Always(), () -> 0);
    }
}
