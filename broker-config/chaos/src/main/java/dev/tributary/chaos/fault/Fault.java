package dev.tributary.chaos.fault;

import java.time.Duration;

/**
 * One thing that goes wrong.
 *
 * @param number counts the faults of a schedule, from 1
 * @param target a device, {@link #COORDINATOR} or {@link #BROKER}
 * @param at when it begins, from the start of the schedule
 * @param lasts until it is mended: the process started again or going on, the connection whole
 * @param amount of a delay, or of the clock's jump, which may be negative; else zero
 */
public record Fault(int number, FaultKind kind, String target, Duration at, Duration lasts, Duration amount) {
    /** The coordinator as a target. */
    public static final String COORDINATOR = "coordinator";
    /** The broker as a target. */
    public static final String BROKER = "broker";

    public Fault {
        if (at.isNegative() || lasts.isNegative()) {
            throw new IllegalArgumentException("at and lasts must be >= 0, were " + at + " and " + lasts);
        }
    }

    /** When it is mended. */
    public Duration until() {
        return at.plus(lasts);
    }
}
