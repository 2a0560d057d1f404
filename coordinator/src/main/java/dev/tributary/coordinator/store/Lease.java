package dev.tributary.coordinator.store;

import java.time.Duration;

/**
 * The right to write to a store, which one coordinator has at a time. Whoever loses it cannot write any more, however late
 * it notices. Safe for use by many threads; every method throws {@link StoreUnavailableException} while the store cannot
 * be reached.
 */
public interface Lease extends AutoCloseable {
    /** Takes the lease if nobody has it, or whoever had it did not renew it in time; whether it is held now. */
    boolean tryAcquire();

    /** Keeps the lease for another while; false when another one took it meanwhile. */
    boolean renew();

    /** Whether it is held as far as known here: acquired or renewed not longer ago than it lasts, and not lost. */
    boolean isHeld();

    /** How often to renew it while it is held, and to try for it while it is not. */
    Duration interval();

    /** Who has it, for people; "nobody" when it is free. */
    String holder();

    /** Gives it up, so that another one can have it at once. */
    @Override
    void close();
}
