package dev.tributary.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.aggregation.MultiKrum;
import dev.tributary.coordinator.federation.Aggregation;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.RoundKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A coordinator that dies at any point, before, in the middle of, or after each durable step, many times in a federation:
 * it must come to the same versions, bit for bit, as one that never dies.
 */
class CrashTest {
    private static final int TRAIN_ROUNDS = 6;
    private static final int CRASHES_OF_1000 = 30;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void crashesAtRandomPoints_giveTheSameVersionsBitForBit(long seed) {
        boolean hasGoal = seed % 2 == 0;
        OptionalInt goal = hasGoal ? OptionalInt.of(4) : OptionalInt.empty();
        InMemoryFederationStore calm = new InMemoryFederationStore();
        new CrashWorld(calm, goal, TRAIN_ROUNDS, new Random(seed), 0).run();
        InMemoryFederationStore rough = new InMemoryFederationStore();
        CrashWorld world = new CrashWorld(rough, goal, TRAIN_ROUNDS, new Random(seed), CRASHES_OF_1000);
        world.run();

        assertThat(world.crashes()).as("seed %d", seed).isGreaterThan(5);
        assertThat(weights(rough)).as("seed %d", seed).hasSize(TRAIN_ROUNDS + 1).isEqualTo(weights(calm));
        assertThat(contributors(rough)).as("seed %d", seed).isEqualTo(contributors(calm));
        assertThat(rough.models(CrashWorld.PUMPS, 100).stream()
                        .map(version -> version.model().version()))
                .as("gapless")
                .containsExactly(6L, 5L, 4L, 3L, 2L, 1L, 0L);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40})
    void crashes_withARuleThatComparesDevices_giveTheSameVersionsAndLeaveTheSameOut(long seed) {
        InMemoryFederationStore calm = new InMemoryFederationStore();
        robust(calm, seed, 0).run();
        InMemoryFederationStore rough = new InMemoryFederationStore();
        CrashWorld world = robust(rough, seed, CRASHES_OF_1000);
        world.run();

        assertThat(world.crashes()).as("seed %d", seed).isGreaterThan(5);
        assertThat(weights(rough)).as("seed %d", seed).hasSize(TRAIN_ROUNDS + 1).isEqualTo(weights(calm));
        assertThat(leftOut(rough)).as("seed %d", seed).hasSize(TRAIN_ROUNDS).isEqualTo(leftOut(calm));
    }

    private static CrashWorld robust(InMemoryFederationStore store, long seed, int crashesOf1000) {
        Aggregation multiKrum = new Aggregation(Optional.of(new MultiKrum(1)), 1);
        RoundPlan plan = new RoundPlan(
                OptionalInt.empty(),
                5,
                Duration.ofHours(1),
                CrashWorld.DEVICES,
                new StoppingCriterion.FixedTrainRounds(TRAIN_ROUNDS));
        return new CrashWorld(store, plan, multiKrum, List.of(0), new Random(seed), crashesOf1000);
    }

    private static List<String> leftOut(InMemoryFederationStore store) {
        return store.rounds(CrashWorld.PUMPS, 1000).stream()
                .filter(round -> round.kind() == RoundKind.TRAIN && round.committed())
                .flatMap(round -> round.contributors().stream()
                        .map(device -> store.participation(CrashWorld.PUMPS, round.id(), device)
                                .orElseThrow())
                        .filter(known -> !known.detail().isEmpty())
                        .map(known -> round.id() + " " + known.device() + " " + known.detail()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void crashes_loseNoAcceptedUpdateAndCountNoneTwice(long seed) {
        InMemoryFederationStore store = new InMemoryFederationStore();
        CrashWorld world =
                new CrashWorld(store, OptionalInt.empty(), TRAIN_ROUNDS, new Random(seed), 2 * CRASHES_OF_1000);
        world.run();
        List<RoundRecord> trained = store.rounds(CrashWorld.PUMPS, 1000).stream()
                .filter(round -> round.kind() == RoundKind.TRAIN && round.committed())
                .toList();
        for (RoundRecord round : trained) {
            assertThat(world.acceptedIn(round.id()))
                    .as("seed %d, round %s", seed, round.id())
                    .containsExactlyInAnyOrderElementsOf(round.contributors());
        }
        assertThat(world.codes()).containsOnly(Receipt.Code.ACCEPTED);
    }

    @Test
    void world_withoutCrashes_hasNone() {
        InMemoryFederationStore store = new InMemoryFederationStore();
        CrashWorld world = new CrashWorld(store, OptionalInt.empty(), 2, new Random(1), 0);
        world.run();
        assertThat(world.crashes()).isZero();
        assertThat(store.latestModel(CrashWorld.PUMPS).orElseThrow().model().version())
                .isEqualTo(2);
    }

    private static List<List<Double>> weights(InMemoryFederationStore store) {
        return store.models(CrashWorld.PUMPS, 100).stream()
                .map(ModelVersion::model)
                .map(model -> java.util.Arrays.stream(model.weights().values().toArray())
                        .boxed()
                        .toList())
                .toList();
    }

    private static List<String> contributors(InMemoryFederationStore store) {
        return store.rounds(CrashWorld.PUMPS, 1000).stream()
                .map(round -> round.id() + " " + round.kind() + " " + round.contributors())
                .toList();
    }
}
