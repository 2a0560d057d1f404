package dev.tributary.transport.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: the next wait is uniform between nothing and a bound that doubles up to a cap,
 * so that a thousand clients of a broker that comes back do not come all at once. Not safe from several threads.
 */
final class Backoff {
    static final Duration CAP = Duration.ofSeconds(5);
    static final Duration TAKEOVER_CAP = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final int MAX_DOUBLINGS = 20;

    private final RandomGenerator random;
    private final Duration cap;
    private int failures;
    private int takeovers;

    Backoff(RandomGenerator random) {
        this(random, CAP);
    }

    /** A back-off with another cap. */
    Backoff(RandomGenerator random, Duration cap) {
        this.random = random;
        this.cap = cap;
    }

    private static Duration doubled(Duration first, int times, Duration cap) {
        Duration bound = first.multipliedBy(1L << Math.min(times, MAX_DOUBLINGS));
        return bound.compareTo(cap) < 0 ? bound : cap;
    }

    /** How long to wait after one more failure. */
    Duration next() {
        Duration bound = doubled(FIRST, failures++, cap);
        return Duration.ofMillis(random.nextLong(bound.toMillis() + 1));
    }

    /**
     * How long to wait when another client uses the same id: whoever hurries only throws the other out again, so 5, 10,
     * 20, 40 and then 60 s.
     */
    Duration afterTakeover() {
        return doubled(CAP, takeovers++, TAKEOVER_CAP);
    }

    /** A connection lasted: the next failure is the first. */
    void reset() {
        failures = 0;
    }

    /** Nobody disputes the id any more. */
    void resetTakeovers() {
        takeovers = 0;
    }
}
