package dev.tributary.coordinator.app;

import dev.tributary.coordinator.store.Lease;
import dev.tributary.coordinator.store.StoreUnavailableException;
import dev.tributary.process.StopSignal;
import java.util.Optional;

/** Waits for the right to write, and keeps it. */
final class LeaseKeeper {
    private static final System.Logger LOG = System.getLogger(LeaseKeeper.class.getName());

    private final Lease lease;
    private final StopSignal stop;
    private volatile Optional<String> trouble = Optional.of("it starts");

    LeaseKeeper(Lease lease, StopSignal stop) {
        this.lease = lease;
        this.stop = stop;
    }

    /** Why this coordinator does not run federations now; empty while it has the lease. */
    Optional<String> trouble() {
        return trouble;
    }

    /** Waits until the lease is held; false when the process is to stop before that. */
    boolean acquire() throws InterruptedException {
        while (!stop.isStopped()) {
            try {
                if (lease.tryAcquire()) {
                    if (trouble.isPresent()) {
                        LOG.log(System.Logger.Level.DEBUG, "the lease is held");
                    }
                    trouble = Optional.empty();
                    return true;
                }
                told("stands by; " + lease.holder() + " has the lease");
            } catch (StoreUnavailableException e) {
                told(String.valueOf(e.getMessage()));
            }
            stop.await(lease.interval());
        }
        return false;
    }

    /** Renews the lease until another coordinator has it or the process is to stop. */
    void keep() throws InterruptedException {
        while (!stop.await(lease.interval())) {
            try {
                if (!lease.renew()) {
                    told("another coordinator has taken over: " + lease.holder());
                    return;
                }
            } catch (StoreUnavailableException e) {
                // The federations tell of it; the lease may still be ours when the store is back.
                LOG.log(System.Logger.Level.DEBUG, "the lease cannot be renewed now: {0}", e.getMessage());
            }
        }
    }

    private void told(String reason) {
        if (!trouble.equals(Optional.of(reason))) {
            LOG.log(System.Logger.Level.WARNING, "this coordinator runs no federations: {0}", reason);
            trouble = Optional.of(reason);
        }
    }
}
