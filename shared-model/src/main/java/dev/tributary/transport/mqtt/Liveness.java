package dev.tributary.transport.mqtt;

import java.time.Duration;

/**
 * How a client checks that its subscriptions still are served, which a connection that stands does not prove: it sends
 * itself a message now and then.
 *
 * @param interval from one probe to the next
 * @param patience how long no message may arrive before the connection counts as dead
 */
record Liveness(Duration interval, Duration patience) {
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(5);
    private static final int PROBES = 3;

    Liveness {
        if (interval.isNegative() || interval.isZero() || patience.compareTo(interval) <= 0) {
            throw new IllegalArgumentException("patience must be > interval > 0, was " + patience + " and " + interval);
        }
    }

    /** What goes with this keep-alive: three probes in it, but none more often than every five seconds. */
    static Liveness of(Duration keepAlive) {
        Duration third = keepAlive.dividedBy(PROBES);
        Duration interval = third.compareTo(SHORTEST_INTERVAL) > 0 ? third : SHORTEST_INTERVAL;
        return new Liveness(interval, interval.multipliedBy(PROBES));
    }
}
