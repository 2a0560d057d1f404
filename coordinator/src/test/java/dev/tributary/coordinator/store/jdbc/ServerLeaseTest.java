package dev.tributary.coordinator.store.jdbc;

import static dev.tributary.coordinator.store.StoreSamples.FANS;
import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.created;
import static dev.tributary.coordinator.store.StoreSamples.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.LeaseLostException;
import dev.tributary.coordinator.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgres")
@ExtendWith(PrivatePostgres.class)
class ServerLeaseTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong();
    private Coordinator first;
    private Coordinator second;

    /** One of two coordinators of a database. */
    private final class Coordinator {
        final Database database;
        StoreLease lease;
        FederationStore store;

        Coordinator(String url, String name) {
            this.database = Database.open(DatabaseAddress.of(url));
            with(name, LONG);
        }

        void with(String name, Duration length) {
            lease = database.lease(name, length, nanos::get);
            store = new JdbcFederationStore(database, lease);
        }
    }

    @BeforeEach
    void setUp(PrivatePostgres.Server server) {
        String url = server.newDatabase();
        first = new Coordinator(url, "first");
        second = new Coordinator(url, "second");
    }

    @AfterEach
    void tearDown() {
        first.store.close();
        second.store.close();
    }

    @Test
    void tryAcquire_whileAnotherHasIt_isRefusedUntilItIsGivenUp() {
        assertThat(first.lease.holder()).isEqualTo("nobody");
        assertThat(first.lease.tryAcquire()).isTrue();
        assertThat(first.lease.tryAcquire()).isTrue();
        assertThat(second.lease.tryAcquire()).isFalse();
        assertThat(second.lease.holder()).isEqualTo("first");
        assertThat(first.lease.renew()).isTrue();
        assertThat(second.lease.renew()).isFalse();
        first.lease.close();
        assertThat(first.lease.isHeld()).isFalse();
        assertThat(second.lease.tryAcquire()).isTrue();
        assertThat(first.lease.renew()).isFalse();
        assertThat(first.lease.holder()).isEqualTo("second");
    }

    @Test
    void isHeld_longerThanItLastsWithoutRenewal_isFalse() {
        assertThat(first.lease.tryAcquire()).isTrue();
        nanos.addAndGet(LONG.toNanos() - 1);
        assertThat(first.lease.isHeld()).isTrue();
        assertThat(first.lease.renew()).isTrue();
        nanos.addAndGet(LONG.toNanos() - 1);
        assertThat(first.lease.isHeld()).isTrue();
        nanos.addAndGet(1);
        assertThat(first.lease.isHeld()).isFalse();
        assertThat(first.lease.interval()).isLessThan(LONG);
    }

    @Test
    void commit_ofAHolderThatPausedUntilAnotherTookOver_leavesNothing() {
        first.with("first", SHORT);
        assertThat(first.lease.tryAcquire()).isTrue();
        first.store.commit(created(PUMPS));
        await().atMost(PATIENCE).until(second.lease::tryAcquire);
        assertThatThrownBy(() -> first.store.commit(created(FANS)))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageEndingWith(" cannot be written: another coordinator has taken over");
        assertThat(first.lease.isHeld()).isFalse();
        assertThat(first.lease.renew()).isFalse();
        assertThat(second.store.federations()).containsExactly(PUMPS);
        second.store.commit(created(FANS));
        assertThat(first.store.federations()).containsExactly(FANS, PUMPS);
    }

    @Test
    void commit_ofALeaseThatRanOutAndNobodyTook_isKept() {
        first.with("first", Duration.ofMillis(1));
        assertThat(first.lease.tryAcquire()).isTrue();
        await().atMost(PATIENCE).until(() -> first.lease.holder().equals("nobody"));
        first.store.commit(created(PUMPS));
        assertThat(first.lease.renew()).isTrue();
    }

    @Test
    void commit_withoutTheLease_isRefused() {
        assertThatThrownBy(() -> first.store.commit(created(PUMPS))).isInstanceOf(LeaseLostException.class);
    }

    /** Each reads the newest version and writes the next: whoever wrote without the right would write one twice. */
    @Test
    void commits_ofTwoThatTakeTheLeaseFromEachOther_neverMix() throws InterruptedException, ExecutionException {
        int versions = 300;
        first.with("first", SHORT);
        second.with("second", SHORT);
        await().atMost(PATIENCE).until(first.lease::tryAcquire);
        first.store.commit(created(PUMPS));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> writers = List.of(
                    threads.submit(() -> write(first, versions)), threads.submit(() -> write(second, versions)));
            int takenOver = writers.get(0).get() + writers.get(1).get();
            assertThat(takenOver).isPositive();
        } finally {
            threads.shutdownNow();
        }
        List<Long> kept = first.store.models(PUMPS, 9999).stream()
                .map(version -> version.model().version())
                .toList();
        assertThat(kept).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(versions);
    }

    /** Writes versions whenever it has the lease, which it never renews; the answer is how often it lost it. */
    private static int write(Coordinator coordinator, int versions) {
        int lost = 0;
        long newest = 0;
        while (newest < versions) {
            try {
                if (!coordinator.lease.tryAcquire()) {
                    continue;
                }
                newest = coordinator
                        .store
                        .latestModel(PUMPS)
                        .map(version -> version.model().version())
                        .orElse(0L);
                coordinator.store.commit(List.of(model(PUMPS, newest + 1)));
            } catch (LeaseLostException e) {
                lost++;
            }
        }
        coordinator.lease.close();
        return lost;
    }

    @Test
    void tryAcquire_whileAPausedHolderLeftATransactionOpen_succeedsBeforeLong() throws InterruptedException {
        first.with("first", SHORT);
        assertThat(first.lease.tryAcquire()).isTrue();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Boolean> paused = CompletableFuture.supplyAsync(() -> first.database.write(handle -> {
            first.lease.require(handle);
            inside.countDown();
            return awaited(over);
        }));
        inside.await();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .until(second.lease::tryAcquire);
        second.store.commit(created(PUMPS));
        over.countDown();
        assertThatThrownBy(paused::join).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> first.store.commit(created(FANS))).isInstanceOf(LeaseLostException.class);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
