package dev.tributary.coordinator.benchmark;

import dev.tributary.codec.Float32;
import dev.tributary.codec.Int8;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.jdbc.Database;
import dev.tributary.coordinator.store.jdbc.DatabaseAddress;
import dev.tributary.coordinator.store.jdbc.JdbcFederationStore;
import dev.tributary.model.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast updates become durable, and what a round of many of them costs in memory. No test: run it by name, as
 * docs/benchmarks.md says.
 */
class IngestBenchmark {
    private static final int UPDATES = 10_000;
    private static final int WEIGHTS_OF_2_KB = 500;
    private static final int WEIGHTS_OF_HEAP_RUN = 3_400;

    @TempDir
    private Path folder;

    @Test
    void updatesPerSecond() throws InterruptedException {
        for (int run = 1; run <= 3; run++) {
            report("memory", run, new InMemoryFederationStore());
            report("sqlite", run, sqlite("run" + run));
        }
    }

    private FederationStore sqlite(String name) {
        return new JdbcFederationStore(
                Database.open(DatabaseAddress.of("jdbc:sqlite:" + folder.resolve(name + ".db"))));
    }

    private static void report(String kind, int run, FederationStore store) throws InterruptedException {
        try (store;
                OpenTrainRound round = new OpenTrainRound(store, WEIGHTS_OF_2_KB, Float32.ID)) {
            round.open(UPDATES);
            List<Bytes> updates = new ArrayList<>();
            for (int i = 0; i < UPDATES; i++) {
                updates.add(round.update(i));
            }
            CountDownLatch durable = new CountDownLatch(UPDATES);
            long begin = System.nanoTime();
            for (int i = 0; i < UPDATES; i++) {
                round.send(i, updates.get(i), durable::countDown);
            }
            durable.await();
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%s, run %d: %d updates of %d bytes durable in %.2f s, %.0f per second%n",
                    kind, run, UPDATES, updates.get(0).size(), seconds, UPDATES / seconds);
        }
    }

    @Test
    void heapAfterManyUpdates() throws InterruptedException {
        for (int updates : new int[] {1_000, 10_000, 100_000}) {
            try (FederationStore store = sqlite("heap" + updates);
                    OpenTrainRound round = new OpenTrainRound(store, WEIGHTS_OF_HEAP_RUN, Int8.ID)) {
                round.open(updates);
                long before = usedAfterCollection();
                Semaphore inFlight = new Semaphore(200);
                for (int i = 0; i < updates; i++) {
                    inFlight.acquire();
                    round.send(i, round.update(i), inFlight::release);
                }
                inFlight.acquire(200);
                System.out.printf(
                        "%d devices known: heap %.1f MB; after their %d updates of %d weights: %.1f MB%n",
                        updates, before / 1e6, updates, WEIGHTS_OF_HEAP_RUN, usedAfterCollection() / 1e6);
            }
        }
    }

    private static long usedAfterCollection() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
