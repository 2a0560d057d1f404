package dev.tributary.transport.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: the next wait is uniform between nothing and a bound that doubles up to a cap,
 * so that a thousand clients of a broker that comes back do not come all at once. Not safe from several threads.
 */
final class Backoff {
    static final Duration CAP = Duration.ofSeconds(5);
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final int DOUBLINGS = 5;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** How long to wait after one more failure. */
    Duration next() {
        long bound = Math.min(CAP.toMillis(), FIRST.toMillis() << Math.min(failures, DOUBLINGS));
        failures++;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }

    /** How long to wait when another client uses the same id: whoever hurries only throws the other out again. */
    Duration afterTakeover() {
        failures = DOUBLINGS;
        return CAP;
    }

    /** A connection lasted: the next failure is the first. */
    void reset() {
        failures = 0;
    }
}
