package dev.tributary.agent.participation;

import java.time.Duration;

/** The time that a device session sees: a duration's measure and a way to be called later. Safe for many threads. */
public interface SessionClock {
    /** Nanoseconds since some fixed moment, never going back. */
    long nanoTime();

    /** Runs a short, non-blocking task once after {@code delay}, on any thread; what is pending dies with the process. */
    void after(Duration delay, Runnable task);
}
