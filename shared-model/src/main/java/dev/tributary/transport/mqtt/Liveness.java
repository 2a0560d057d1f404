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
    static final Liveness DEFAULT = new Liveness(Duration.ofSeconds(10), Duration.ofSeconds(30));

    Liveness {
        if (interval.isNegative() || interval.isZero() || patience.compareTo(interval) <= 0) {
            throw new IllegalArgumentException("patience must be > interval > 0, was " + patience + " and " + interval);
        }
    }
}
