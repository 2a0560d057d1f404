package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.Lease;
import org.jdbi.v3.core.Handle;

/** A {@link Lease} on a {@link Database}, which each of its store's transactions checks. */
public abstract sealed class StoreLease implements Lease permits ServerLease, FileLease {
    /**
     * Sees in a transaction, before it writes, that the lease is still this one's, and that nobody can take it until the
     * transaction ends.
     *
     * @throws dev.tributary.coordinator.store.LeaseLostException when it is not
     */
    abstract void require(Handle handle);
}
