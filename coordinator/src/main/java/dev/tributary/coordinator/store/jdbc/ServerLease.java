package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.LeaseLostException;
import dev.tributary.coordinator.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;

/**
 * A lease in a row of the database: it ends by the database's clock, and each new holder raises the fencing number, which
 * a transaction compares, with the row locked, before it writes (Kleppmann 2016, "How to do distributed locking").
 */
final class ServerLease extends StoreLease {
    private static final String NAME = "coordinator";

    /** The server's time now, also in a transaction that waited for a lock. */
    private static final String NOW = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    private static final String OURS = " WHERE name = :name AND fence = :fence AND holder = :holder";

    private final Database database;
    private final String holder;
    private final Duration length;
    private final LongSupplier nanoTime;
    private volatile OptionalLong fence = OptionalLong.empty();
    private volatile long heldUntilNanos;

    /**
     * A lease that is not held yet.
     *
     * @param holder who wants it, for people
     * @param length how long it lasts without renewal
     * @param nanoTime a clock that nobody sets
     */
    ServerLease(Database database, String holder, Duration length, LongSupplier nanoTime) {
        this.database = database;
        this.holder = holder;
        this.length = length;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized boolean tryAcquire() {
        if (isHeld()) {
            return true;
        }
        long asked = nanoTime.getAsLong();
        Optional<Long> taken = database.write(handle -> {
            handle.createUpdate("INSERT INTO lease (name, holder, fence, expires_at) VALUES (:name, '', 0, 0)"
                            + " ON CONFLICT (name) DO NOTHING")
                    .bind("name", NAME)
                    .execute();
            return handle.createQuery("UPDATE lease SET holder = :holder, fence = fence + 1, expires_at = " + NOW
                            + " + :length WHERE name = :name AND expires_at < " + NOW + " RETURNING fence")
                    .bind("name", NAME)
                    .bind("holder", holder)
                    .bind("length", length.toMillis())
                    .mapTo(Long.class)
                    .findOne();
        });
        if (taken.isPresent()) {
            heldUntilNanos = asked + length.toNanos();
            fence = OptionalLong.of(taken.get());
        }
        return taken.isPresent();
    }

    @Override
    public synchronized boolean renew() {
        if (fence.isEmpty()) {
            return false;
        }
        long asked = nanoTime.getAsLong();
        int renewed = update("UPDATE lease SET expires_at = " + NOW + " + :length" + OURS, length.toMillis());
        if (renewed == 1) {
            heldUntilNanos = asked + length.toNanos();
        } else {
            fence = OptionalLong.empty();
        }
        return renewed == 1;
    }

    private int update(String sql, long millis) {
        long ours = fence.orElseThrow();
        return database.write(handle -> handle.createUpdate(sql)
                .bind("length", millis)
                .bind("name", NAME)
                .bind("fence", ours)
                .bind("holder", holder)
                .execute());
    }

    @Override
    public boolean isHeld() {
        return fence.isPresent() && heldUntilNanos - nanoTime.getAsLong() > 0;
    }

    @Override
    public Duration interval() {
        return length.dividedBy(3);
    }

    @Override
    public String holder() {
        return database.read(
                handle -> handle.createQuery("SELECT holder FROM lease WHERE name = :name AND expires_at >= " + NOW)
                        .bind("name", NAME)
                        .mapTo(String.class)
                        .findOne()
                        .orElse("nobody"));
    }

    @Override
    void require(Handle handle) {
        OptionalLong ours = fence;
        boolean isOurs = ours.isPresent()
                && handle.createQuery("SELECT fence FROM lease" + OURS + " FOR UPDATE")
                        .bind("name", NAME)
                        .bind("fence", ours.getAsLong())
                        .bind("holder", holder)
                        .mapTo(Long.class)
                        .findOne()
                        .isPresent();
        if (!isOurs) {
            fence = OptionalLong.empty();
            throw new LeaseLostException(
                    "database " + database.name() + " cannot be written: another coordinator has taken over");
        }
    }

    @Override
    public synchronized void close() {
        if (fence.isPresent()) {
            try {
                update("UPDATE lease SET expires_at = :length, holder = ''" + OURS, 0);
            } catch (StoreUnavailableException e) {
                // It ends by itself.
            }
            fence = OptionalLong.empty();
        }
    }
}
