package dev.tributary.agent.participation;

import java.time.Duration;

/** When a device is connected. */
public sealed interface DutyCycle {
    /** Whenever that is possible. */
    record Always() implements DutyCycle {}

    /**
     * Now and then: it sleeps when nothing is left to do, and looks again.
     *
     * @param sleep at least this long, before what a coordinator asks for
     * @param awake it stays until nothing has come or been done for this long
     */
    record Sleeps(Duration sleep, Duration awake) implements DutyCycle {
        public Sleeps {
            if (sleep.toSeconds() < 1) {
                throw new IllegalArgumentException("sleep must be >= 1 s, was " + sleep);
            }
            if (awake.isNegative() || awake.isZero()) {
                throw new IllegalArgumentException("awake must be > 0, was " + awake);
            }
        }
    }
}
