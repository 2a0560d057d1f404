package dev.tributary.agent.participation;

import java.util.random.RandomGenerator;

/**
 * How a device reaches the broker.
 *
 * @param transports makes the device's transports
 * @param spread keeps devices that were told the same thing from returning at the same moment
 */
public record Connecting(Transports transports, DutyCycle dutyCycle, RandomGenerator spread) {
    /** A device that keeps its one connection. */
    public static Connecting always(Transports transports) {
        return new Connecting(transports, new DutyCycle.Always(), () -> 0);
    }
}
