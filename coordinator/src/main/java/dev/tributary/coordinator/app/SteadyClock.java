package dev.tributary.coordinator.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The coordinator's one clock: the time of day when it began, and from there on as fast as the monotonic clock, so that
 * setting the time of day makes no round longer or shorter. Safe for use by many threads.
 */
final class SteadyClock implements InstantSource {
    private final Instant began;
    private final LongSupplier nanoTime;
    private final long beganNanos;

    /** A clock that reads {@code timeOfDay} once, now. */
    SteadyClock(InstantSource timeOfDay, LongSupplier nanoTime) {
        this.began = timeOfDay.instant();
        this.nanoTime = nanoTime;
        this.beganNanos = nanoTime.getAsLong();
    }

    @Override
    public Instant instant() {
        return began.plus(Duration.ofNanos(nanoTime.getAsLong() - beganNanos));
    }
}
