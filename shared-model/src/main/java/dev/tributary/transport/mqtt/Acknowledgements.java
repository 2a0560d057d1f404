package dev.tributary.transport.mqtt;

import java.time.Duration;

/**
 * Counts the segments that only acknowledge what flows in one direction, as RFC 1122 (4.2.3.2) has them: at once for every
 * second segment, otherwise after a delay in which data the other way would carry them for nothing. The delay is Linux's;
 * on a way that takes longer the count is too high rather than too low. Not safe for several threads.
 */
final class Acknowledgements {
    private static final long DELAY_NANOS = Duration.ofMillis(40).toNanos();

    private long alone;
    private long waiting;
    private long sinceNanos;

    /** Data has gone in the direction. */
    void data(long segments, long nowNanos) {
        alone(nowNanos);
        if (waiting == 0) {
            sinceNanos = nowNanos;
        }
        long all = waiting + segments;
        alone += all / 2;
        waiting = all % 2;
    }

    /** Data has gone the other way. */
    void carried(long nowNanos) {
        alone(nowNanos);
        waiting = 0;
    }

    /** How many segments were nothing but acknowledgements up to now. */
    long alone(long nowNanos) {
        if (waiting > 0 && nowNanos - sinceNanos >= DELAY_NANOS) {
            alone++;
            waiting = 0;
        }
        return alone;
    }
}
