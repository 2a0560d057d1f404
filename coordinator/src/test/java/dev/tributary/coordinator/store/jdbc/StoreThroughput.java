package dev.tributary.coordinator.store.jdbc;

import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.contributed;
import static dev.tributary.coordinator.store.StoreSamples.created;
import static dev.tributary.coordinator.store.StoreSamples.open;
import static dev.tributary.coordinator.store.StoreSamples.opened;
import static dev.tributary.coordinator.store.StoreSamples.record;
import static dev.tributary.coordinator.store.StoreSamples.workflow;

import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.StoreSamples;
import dev.tributary.model.Bytes;
import dev.tributary.update.RoundId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * How many updates a second a database takes, in groups as the coordinator commits them: URL [UPDATES [BYTES [GROUP]]].
 * Every update is looked up first, as the coordinator does to know a duplicate.
 */
public final class StoreThroughput {
    private StoreThroughput() {}

    /** Prints one line for each of three rounds. */
    public static void main(String[] arguments) {
        int updates = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        int bytes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2_000;
        int group = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 50;
        try (FederationStore store = new JdbcFederationStore(Database.open(DatabaseAddress.of(arguments[0])))) {
            store.commit(created(PUMPS));
            for (int round = 1; round <= 3; round++) {
                run(store, round, updates, bytes, group);
            }
        }
    }

    private static void run(FederationStore store, int number, int updates, int bytes, int group) {
        String[] devices =
                IntStream.range(0, updates).mapToObj(i -> "device-" + i).toArray(String[]::new);
        OpenRound round = opened(new RoundId(number, 1), Step.TRAIN, devices);
        double opening = seconds(() -> store.commit(List.of(open(PUMPS, round))));
        byte[] noise = new byte[bytes];
        new Random(number).nextBytes(noise);
        Bytes payload = Bytes.of(noise);
        double taking = seconds(() -> {
            for (int from = 0; from < updates; from += group) {
                List<Change> changes = new ArrayList<>();
                for (int i = from; i < Math.min(from + group, updates); i++) {
                    store.participation(PUMPS, round.id(), StoreSamples.id(devices[i]));
                    changes.add(new Change.SaveParticipation(
                            PUMPS, round.id(), contributed(devices[i]), Optional.of(payload)));
                }
                store.commit(changes);
            }
        });
        AtomicLong read = new AtomicLong();
        double reading = seconds(
                () -> store.contributions(PUMPS, round.id(), (device, update) -> read.addAndGet(update.size())));
        double closing = seconds(() -> store.commit(List.of(
                new Change.CloseRound(record(PUMPS, round, true, devices)),
                workflow(PUMPS, FederationState.initial(1)))));
        System.out.printf(
                Locale.ROOT,
                "%d updates of %d bytes in groups of %d: %.0f/s; opened in %.2f s, read again in %.2f s, closed in %.2f s%n",
                updates,
                bytes,
                group,
                updates / taking,
                opening,
                reading,
                closing);
        if (read.get() != (long) updates * bytes) {
            throw new IllegalStateException("read " + read);
        }
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}
