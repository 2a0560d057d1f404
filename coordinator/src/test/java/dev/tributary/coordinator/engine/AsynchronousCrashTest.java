package dev.tributary.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codecs;
import dev.tributary.coordinator.aggregation.FedBuff;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.RoundPlan.Asynchrony;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An asynchronous federation of fast and slow devices whose coordinator dies at any point. Which updates a version counts
 * depends on their order of arrival; but every accepted one is in exactly one version, and each version is what its
 * updates make of the one before, bit for bit.
 */
class AsynchronousCrashTest {
    private static final int VERSIONS = 12;
    private static final int GOAL = 3;
    private static final int MAXIMUM_STALENESS = 5;
    private static final int CRASHES_OF_1000 = 30;
    private static final List<Integer> SLOWNESS = List.of(2, 2, 3, 2, 12, 2, 3, 60);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void crashesAtRandomPoints_everyAcceptedUpdateIsInOneVersionThatRefoldsBitForBit(long seed) {
        InMemoryFederationStore store = new InMemoryFederationStore();
        CrashWorld world = world(store, seed, CRASHES_OF_1000);
        world.run();
        assertThat(world.crashes()).as("seed %d", seed).isGreaterThan(5);
        assertGuarantees(store, world, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void withoutCrashes_theSameHolds(long seed) {
        InMemoryFederationStore store = new InMemoryFederationStore();
        CrashWorld world = world(store, seed, 0);
        world.run();
        assertThat(world.crashes()).isZero();
        assertGuarantees(store, world, seed);
        assertThat(stalenesses(store, world)).as("seed %d", seed).anyMatch(staleness -> staleness == 0);
        assertThat(stalenesses(store, world)).as("seed %d", seed).anyMatch(staleness -> staleness >= 3);
    }

    private static CrashWorld world(FederationStore store, long seed, int crashesOf1000) {
        RoundPlan plan = new RoundPlan(
                OptionalInt.of(GOAL),
                2,
                Duration.ofMinutes(10),
                8,
                new FixedTrainRounds(VERSIONS),
                5,
                Optional.of(new Asynchrony(MAXIMUM_STALENESS)),
                RoundPlan.DEFAULT_OVER_SELECTION);
        return new CrashWorld(store, plan, SLOWNESS, new Random(seed), crashesOf1000);
    }

    private static void assertGuarantees(FederationStore store, CrashWorld world, long seed) {
        assertThat(world.codes()).as("seed %d", seed).isSubsetOf(Code.ACCEPTED, Code.STALE, Code.LATE);
        assertThat(store.models(CrashWorld.PUMPS, 100)).as("seed %d", seed).hasSize(VERSIONS + 1);
        Map<Long, List<CrashWorld.Key>> counted = countedByVersion(store, world, seed);
        Map<Long, RoundRecord> rounds = committedByVersion(store);
        for (long version = 1; version <= VERSIONS; version++) {
            String at = "seed " + seed + ", version " + version;
            List<CrashWorld.Key> keys = counted.getOrDefault(version, List.of());
            assertThat(rounds.get(version).contributors())
                    .as(at)
                    .isEqualTo(
                            keys.stream().map(CrashWorld.Key::device).sorted().toList());
            assertThat(weights(store, version)).as(at).isEqualTo(refolded(store, world, version, keys));
        }
        assertThat(waiting(store))
                .as("seed %d: nothing waits for a version that never comes", seed)
                .isEmpty();
    }

    private static Map<Long, List<CrashWorld.Key>> countedByVersion(
            FederationStore store, CrashWorld world, long seed) {
        Map<Long, List<CrashWorld.Key>> counted = new HashMap<>();
        world.verdicts().forEach((key, code) -> {
            Participation kept = store.participation(CrashWorld.PUMPS, key.round(), key.device())
                    .orElseThrow();
            boolean isUpdate = world.sent(key).call().kind() == RoundKind.TRAIN;
            assertThat(kept.countedFor().isPresent())
                    .as("seed %d: %s, %s", seed, key, code)
                    .isEqualTo(isUpdate && code == Code.ACCEPTED);
            kept.countedFor()
                    .ifPresent(version -> counted.computeIfAbsent(version, any -> new ArrayList<>())
                            .add(key));
        });
        return counted;
    }

    private static Map<Long, RoundRecord> committedByVersion(FederationStore store) {
        Map<Long, RoundRecord> rounds = new HashMap<>();
        for (ModelVersion version : store.models(CrashWorld.PUMPS, 100)) {
            rounds.put(
                    version.model().version(),
                    store.round(CrashWorld.PUMPS, version.round().orElseThrow()).orElseThrow());
        }
        return rounds;
    }

    /** What FedBuff makes of the version before and these updates, in another order than they came in. */
    private static Vector refolded(FederationStore store, CrashWorld world, long version, List<CrashWorld.Key> keys) {
        Vector before = weights(store, version - 1);
        FedBuff sum = new FedBuff(before.length());
        keys.stream()
                .sorted(Comparator.comparing(CrashWorld.Key::device).reversed())
                .forEach(key -> {
                    RoundAnnouncement call = world.sent(key).call();
                    Update update = (Update)
                            WireMapper.decodeDeviceMessage(world.sent(key).payload());
                    long staleness = version - 1 - call.baseVersion();
                    assertThat(staleness).isBetween(0L, (long) MAXIMUM_STALENESS);
                    Vector delta = Codecs.of(call.encoding())
                            .orElseThrow()
                            .decode(update.vectors().get(0).bytes(), before.length(), call.seed(key.device()));
                    sum.add(delta, staleness, update.exampleCount(), update.loss());
                });
        return before.plus(sum.mean()).roundedToFloat32();
    }

    private static Vector weights(FederationStore store, long version) {
        return store.model(CrashWorld.PUMPS, version)
                .orElseThrow()
                .model()
                .weights()
                .values();
    }

    private static List<Long> stalenesses(FederationStore store, CrashWorld world) {
        return world.verdicts().keySet().stream()
                .flatMap(key -> store.participation(CrashWorld.PUMPS, key.round(), key.device()).stream()
                        .filter(kept -> kept.countedFor().isPresent())
                        .map(kept -> kept.countedFor().getAsLong()
                                - 1
                                - world.sent(key).call().baseVersion()))
                .toList();
    }

    private static List<DeviceId> waiting(FederationStore store) {
        List<DeviceId> waiting = new ArrayList<>();
        store.buffered(
                CrashWorld.PUMPS, update -> waiting.add(update.participation().device()));
        return waiting;
    }
}
