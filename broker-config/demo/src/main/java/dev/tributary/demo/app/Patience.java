package dev.tributary.demo.app;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Watches that something happens at all; not thread-safe. */
final class Patience {
    static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration REMINDER = Duration.ofSeconds(20);

    private final LongSupplier nanos;
    private long last;
    private long reminded;

    Patience(LongSupplier nanos) {
        this.nanos = nanos;
        progressed();
    }

    /** Something happened. */
    void progressed() {
        last = nanos.getAsLong();
        reminded = last;
    }

    /** Whether nothing has happened for too long. */
    boolean isOver() {
        return nanos.getAsLong() - last > LIMIT.toNanos();
    }

    /** How long nothing has happened, each time that deserves a line. */
    Optional<Duration> reminder() {
        long now = nanos.getAsLong();
        if (now - reminded < REMINDER.toNanos()) {
            return Optional.empty();
        }
        reminded = now;
        return Optional.of(Duration.ofNanos(now - last));
    }
}
