package dev.tributary.coordinator.store;

import static dev.tributary.coordinator.store.StoreSamples.FANS;
import static dev.tributary.coordinator.store.StoreSamples.FINGERPRINT;
import static dev.tributary.coordinator.store.StoreSamples.NOON;
import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.SCHEMA;
import static dev.tributary.coordinator.store.StoreSamples.STANDARDISED;
import static dev.tributary.coordinator.store.StoreSamples.announcement;
import static dev.tributary.coordinator.store.StoreSamples.answer;
import static dev.tributary.coordinator.store.StoreSamples.at;
import static dev.tributary.coordinator.store.StoreSamples.close;
import static dev.tributary.coordinator.store.StoreSamples.contributed;
import static dev.tributary.coordinator.store.StoreSamples.contribution;
import static dev.tributary.coordinator.store.StoreSamples.created;
import static dev.tributary.coordinator.store.StoreSamples.declined;
import static dev.tributary.coordinator.store.StoreSamples.device;
import static dev.tributary.coordinator.store.StoreSamples.id;
import static dev.tributary.coordinator.store.StoreSamples.ids;
import static dev.tributary.coordinator.store.StoreSamples.model;
import static dev.tributary.coordinator.store.StoreSamples.open;
import static dev.tributary.coordinator.store.StoreSamples.opened;
import static dev.tributary.coordinator.store.StoreSamples.payload;
import static dev.tributary.coordinator.store.StoreSamples.record;
import static dev.tributary.coordinator.store.StoreSamples.rejected;
import static dev.tributary.coordinator.store.StoreSamples.spec;
import static dev.tributary.coordinator.store.StoreSamples.version;
import static dev.tributary.coordinator.store.StoreSamples.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.round.Stage;
import dev.tributary.coordinator.round.Step;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link FederationStore} must do. */
public abstract class FederationStoreContract extends StoredBufferContract {
    @Test
    void memory_ofNothing_isEmpty() {
        assertThat(store().memory(PUMPS)).isEmpty();
        assertThat(store().federations()).isEmpty();
        assertThat(store().spec(PUMPS)).isEmpty();
        assertThat(store().latestModel(PUMPS)).isEmpty();
        assertThat(store().devices(PUMPS)).isEmpty();
        assertThat(store().rounds(PUMPS, 9)).isEmpty();
        assertThat(store().roundsOf(PUMPS, id("a"), Optional.empty(), 9)).isEmpty();
        assertThat(store().participation(PUMPS, FIRST, id("a"))).isEmpty();
        assertThat(contributions(store(), PUMPS, FIRST)).isEmpty();
    }

    @Test
    void memory_ofAFederationThatBegan_isItsBeginning() {
        holding(PUMPS);
        assertThat(reopened().memory(PUMPS))
                .contains(new FederationMemory(
                        FINGERPRINT,
                        0,
                        spec(PUMPS, SCHEMA, 1),
                        FederationState.initial(3),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        0));
    }

    static Stream<FederationState> states() {
        FederationState finished = at(new Stage.Finished());
        return Stream.of(
                at(new Stage.Waiting(5)),
                at(new Stage.Waiting(6)).paused(true),
                at(new Stage.Stalled(NOON.plusSeconds(60)))
                        .measured(new FederationState.Measured(OptionalDouble.empty(), Long.MAX_VALUE)),
                new FederationState(
                        finished.stage(),
                        Step.COMPARE,
                        1L << 52,
                        0,
                        3,
                        List.of(Double.MIN_VALUE, -0.0, Double.MAX_VALUE, Double.NaN),
                        Optional.of(new Stop(true, "no improvement")),
                        Fleet.empty()),
                new FederationState(
                        finished.stage(),
                        Step.EVALUATE,
                        1,
                        1,
                        0,
                        List.of(),
                        Optional.of(new Stop(false, "")),
                        Fleet.empty()));
    }

    @ParameterizedTest
    @MethodSource("states")
    void memory_ofEachStage_isTheSameState(FederationState state) {
        holding(PUMPS, workflow(PUMPS, at(new Stage.Stalled(NOON))), workflow(PUMPS, state));
        assertThat(reopened().memory(PUMPS).orElseThrow().state()).isEqualTo(state);
    }

    @Test
    void memory_ofAnOpenRound_hasWhoIsSelectedAndHowTheyAnswered() {
        OpenRound round = opened(new RoundId(7, 2), Step.TRAIN, "silent", "b", "decliner", "liar");
        Fleet fleet = Fleet.of(List.of(device("b", Status.ONLINE), device("silent", Status.SLEEPING)));
        holding(
                PUMPS,
                new Change.SaveDevice(PUMPS, device("silent", Status.ONLINE)),
                open(PUMPS, round),
                workflow(PUMPS, at(new Stage.Open(round))),
                new Change.SaveDevice(PUMPS, device("b", Status.ONLINE)),
                contribution(PUMPS, round.id(), "b"),
                answer(PUMPS, round.id(), declined("decliner")),
                answer(PUMPS, round.id(), rejected("liar")),
                new Change.JoinRound(PUMPS, round.id(), id("joiner")),
                new Change.JoinRound(PUMPS, round.id(), id("b")),
                contribution(PUMPS, round.id(), "a"),
                new Change.SaveDevice(PUMPS, device("silent", Status.SLEEPING)));

        FederationStore store = reopened();
        FederationMemory memory = store.memory(PUMPS).orElseThrow();
        OpenRound expected = round.restored(
                ids("silent", "b", "decliner", "liar", "joiner", "a"),
                Map.of(
                        id("b"), Answer.CONTRIBUTED,
                        id("a"), Answer.CONTRIBUTED,
                        id("decliner"), Answer.DECLINED,
                        id("liar"), Answer.REJECTED));
        assertThat(memory.state().openRound()).contains(expected);
        assertThat(memory.state().fleet()).isEqualTo(fleet);
        assertThat(memory.announcement()).contains(announcement(PUMPS, round));
        assertThat(memory.beganAt()).contains(round.openedAt());
        assertThat(memory.bytesUp()).isEqualTo(400);
        assertThat(memory.bytesUpFloat32()).isEqualTo(1800);
        assertThat(contributions(store, PUMPS, round.id()))
                .containsExactly(Map.entry(id("a"), payload("a")), Map.entry(id("b"), payload("b")));
        assertThat(store.participation(PUMPS, round.id(), id("b"))).contains(contributed("b"));
        assertThat(store.participation(PUMPS, round.id(), id("decliner"))).contains(declined("decliner"));
        assertThat(store.participation(PUMPS, round.id(), id("liar"))).contains(rejected("liar"));
        assertThat(store.participation(PUMPS, round.id(), id("joiner"))).contains(Participation.selected(id("joiner")));
        assertThat(store.participation(PUMPS, round.id(), id("stranger"))).isEmpty();
    }

    @Test
    void contributions_ofATakerThatUsesTheStore_areGiven() {
        OpenRound round = opened(FIRST, Step.TRAIN, "a");
        FederationStore store = holding(PUMPS, open(PUMPS, round), contribution(PUMPS, FIRST, "a"));
        store.contributions(PUMPS, FIRST, (device, payload) -> {
            assertThat(store.participation(PUMPS, FIRST, device)).contains(contributed("a"));
            store.commit(List.of(answer(PUMPS, FIRST, declined("b"))));
        });
        assertThat(store.participation(PUMPS, FIRST, id("b"))).contains(declined("b"));
        assertThatThrownBy(() -> store.contributions(PUMPS, FIRST, (device, payload) -> {
                    throw new IllegalStateException("the taker's own trouble");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the taker's own trouble");
    }

    @Test
    void participation_savedAgainWithoutPayload_keepsIt() {
        OpenRound round = opened(FIRST, Step.STATISTICS, "a");
        Participation settled = contributed("a").judged(Receipt.Code.OUTLYING_STATISTICS, "too hot");
        holding(PUMPS, open(PUMPS, round), contribution(PUMPS, FIRST, "a"), answer(PUMPS, FIRST, settled));
        assertThat(contributions(reopened(), PUMPS, FIRST)).containsExactly(Map.entry(id("a"), payload("a")));
        assertThat(store().participation(PUMPS, FIRST, id("a"))).contains(settled);
    }

    @Test
    void closedRound_keepsItsRecordAndNoPayload() {
        OpenRound first = opened(FIRST, Step.TRAIN, "a", "b", "c");
        OpenRound second = opened(new RoundId(1, 2), Step.TRAIN, "a");
        RoundRecord abandoned = record(PUMPS, second, false);
        holding(
                PUMPS,
                open(PUMPS, first),
                contribution(PUMPS, FIRST, "b"),
                contribution(PUMPS, FIRST, "a"),
                close(PUMPS, first, "b", "a"),
                answer(PUMPS, FIRST, rejected("c")),
                open(PUMPS, second),
                new Change.CloseRound(abandoned));
        FederationStore store = reopened();
        assertThat(store.round(PUMPS, FIRST)).contains(record(PUMPS, first, true, "a", "b"));
        assertThat(store.rounds(PUMPS, 9)).containsExactly(abandoned, record(PUMPS, first, true, "a", "b"));
        assertThat(store.rounds(PUMPS, 1)).containsExactly(abandoned);
        assertThat(store.round(PUMPS, new RoundId(2, 1))).isEmpty();
        assertThat(contributions(store, PUMPS, FIRST)).isEmpty();
        assertThat(store.participation(PUMPS, FIRST, id("b"))).contains(contributed("b"));
        assertThat(store.participation(PUMPS, FIRST, id("c"))).contains(rejected("c"));
        assertThat(store.memory(PUMPS).orElseThrow().announcement()).contains(announcement(PUMPS, second));
        assertThat(store.memory(PUMPS).orElseThrow().beganAt()).contains(first.openedAt());
    }

    @Test
    void roundsOf_aDevice_areNewestFirstWithWhatItDid() {
        OpenRound first = opened(FIRST, Step.STATISTICS, "a", "b");
        OpenRound second = opened(new RoundId(2, 1), Step.TRAIN, "b");
        OpenRound third = opened(new RoundId(3, 1), Step.EVALUATE, "a");
        holding(
                PUMPS,
                open(PUMPS, first),
                answer(PUMPS, FIRST, declined("a")),
                close(PUMPS, first, "b"),
                open(PUMPS, second),
                close(PUMPS, second, "b"),
                open(PUMPS, third));
        DeviceRound openRound = new DeviceRound(
                announcement(PUMPS, third),
                third.openedAt(),
                Optional.empty(),
                Optional.of(Participation.selected(id("a"))));
        DeviceRound notSelected = new DeviceRound(
                announcement(PUMPS, second),
                second.openedAt(),
                Optional.of(record(PUMPS, second, true, "b")),
                Optional.empty());
        DeviceRound declined = new DeviceRound(
                announcement(PUMPS, first),
                first.openedAt(),
                Optional.of(record(PUMPS, first, true, "b")),
                Optional.of(declined("a")));
        assertThat(reopened().roundsOf(PUMPS, id("a"), Optional.empty(), 9))
                .containsExactly(openRound, notSelected, declined);
        assertThat(store().roundsOf(PUMPS, id("a"), Optional.empty(), 2)).containsExactly(openRound, notSelected);
    }

    @Test
    void federations_doNotSeeEachOther() {
        OpenRound round = opened(FIRST, Step.TRAIN, "a");
        holding(
                PUMPS,
                open(PUMPS, round),
                contribution(PUMPS, FIRST, "a"),
                new Change.SaveDevice(PUMPS, device("a", Status.ONLINE)),
                model(PUMPS, 3));
        holding(FANS, open(FANS, round), workflow(FANS, at(new Stage.Open(round))));
        FederationStore store = reopened();
        assertThat(store.federations()).containsExactly(FANS, PUMPS);
        assertThat(store.devices(FANS)).isEmpty();
        assertThat(store.devices(PUMPS)).containsExactly(device("a", Status.ONLINE));
        assertThat(store.latestModel(FANS)).isEmpty();
        assertThat(contributions(store, FANS, FIRST)).isEmpty();
        assertThat(store.participation(FANS, FIRST, id("a"))).contains(Participation.selected(id("a")));
        store.commit(
                List.of(model(FANS, 1), close(FANS, round), new Change.TrimHistory(FANS, 1, Duration.ofDays(1), NOON)));
        assertThat(store.latestModel(PUMPS)).contains(version(3));
        assertThat(contributions(store, PUMPS, FIRST)).containsOnlyKeys(id("a"));
        assertThat(store.memory(PUMPS).orElseThrow().state().stage()).isEqualTo(new Stage.Waiting(3));
    }

    @Test
    void devices_areInTheOrderOfTheirIds() {
        String[] names = {"B", "a", "_", "a.b", "a-b", "Z9", "10", "9"};
        for (String name : names) {
            holdingOnce(device(name, Status.OFFLINE));
        }
        List<DeviceId> sorted = Stream.of(names).map(DeviceId::new).sorted().toList();
        assertThat(reopened().devices(PUMPS).stream().map(one -> one.id())).containsExactlyElementsOf(sorted);
    }

    private void holdingOnce(Device device) {
        if (store().federations().isEmpty()) {
            holding(PUMPS);
        }
        store().commit(List.of(new Change.SaveDevice(PUMPS, device)));
    }

    @Test
    void manyChangesOfOneKindInOneCommit_areKeptInTheirOrder() {
        OpenRound round = opened(FIRST, Step.TRAIN);
        List<Change> changes = new ArrayList<>(created(PUMPS));
        changes.add(open(PUMPS, round));
        IntStream.range(0, 500).forEach(i -> {
            String name = "d" + i % 100;
            changes.add(new Change.SaveDevice(PUMPS, device(name, i < 400 ? Status.OFFLINE : Status.ONLINE)));
            changes.add(i < 400 ? answer(PUMPS, FIRST, declined(name)) : contribution(PUMPS, FIRST, name));
        });
        store().commit(changes);
        assertThat(reopened().devices(PUMPS)).hasSize(100).allMatch(device -> device.online());
        assertThat(contributions(store(), PUMPS, FIRST)).hasSize(100);
    }

    @Test
    void commit_ofAChangeThatDoesNotFit_leavesNothingOfItsCommit() {
        OpenRound round = opened(FIRST, Step.TRAIN, "a");
        holding(PUMPS, open(PUMPS, round), workflow(PUMPS, at(new Stage.Open(round))), model(PUMPS, 3));
        Optional<FederationMemory> before = store().memory(PUMPS);
        OpenRound next = opened(new RoundId(2, 1), Step.TRAIN, "a");
        Change unknownRound = answer(PUMPS, new RoundId(9, 1), declined("a"));
        Change unknownSchema = new Change.SaveModel(PUMPS, version(4, STANDARDISED));
        Map<Change, String> unfit = Map.of(
                model(PUMPS, 3),
                "version must be > 3, was 3",
                unknownSchema,
                "schema must be that of a specification of federation pumps that is kept, was another of revision 1",
                unknownRound,
                "round 9 of federation pumps must be kept, was not",
                close(PUMPS, round),
                "round 1 of federation pumps must be open, was closed",
                contribution(PUMPS, FIRST, "a"),
                "round 1 of federation pumps must be open, was closed",
                open(PUMPS, round),
                "round must be > 2, was 1",
                new Change.CreateFederation(PUMPS, FINGERPRINT, NOON),
                "federation pumps exists already",
                new Change.SaveDevice(FANS, device("a", Status.ONLINE)),
                "federation fans must be created first");
        unfit.forEach((change, message) -> {
            List<Change> changes = List.of(
                    new Change.SaveDevice(PUMPS, device("b", Status.ONLINE)),
                    contribution(PUMPS, FIRST, "a"),
                    close(PUMPS, round, "a"),
                    open(PUMPS, next),
                    workflow(PUMPS, at(new Stage.Finished())),
                    change,
                    model(PUMPS, 4));
            assertThatThrownBy(() -> store().commit(changes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            assertThat(store().memory(PUMPS)).as(message).isEqualTo(before);
            assertThat(store().federations()).containsExactly(PUMPS);
        });
        assertThat(reopened().memory(PUMPS)).isEqualTo(before);
        assertThat(contributions(store(), PUMPS, FIRST)).isEmpty();
    }

    @Test
    void readers_whileAnotherThreadWrites_seeWholeCommits() throws InterruptedException {
        int commits = 200;
        List<String> names = List.of("a", "b", "c", "d", "e");
        holding(PUMPS);
        Thread writer = new Thread(() -> LongStream.rangeClosed(1, commits)
                .forEach(count -> store().commit(names.stream()
                        .<Change>map(name -> new Change.SaveDevice(
                                PUMPS, new Device(id(name), Role.TRAINER, count, Status.ONLINE, false, NOON)))
                        .toList())));
        writer.start();
        long seen = 0;
        while (seen < commits) {
            assertThat(writer.isAlive() || store().devices(PUMPS).size() == 5).isTrue();
            List<Long> counts = store().memory(PUMPS).orElseThrow().state().fleet().devices().values().stream()
                    .map(device -> device.exampleCount())
                    .distinct()
                    .toList();
            assertThat(counts).hasSizeLessThan(2);
            long newest = counts.isEmpty() ? 0 : counts.get(0);
            assertThat(newest).isGreaterThanOrEqualTo(seen);
            seen = newest;
        }
        writer.join();
    }

    @Test
    void writers_ofTwoFederations_doNotDisturbEachOther() throws InterruptedException {
        int commits = 100;
        holding(PUMPS);
        holding(FANS);
        List<Thread> writers = Stream.of(PUMPS, FANS)
                .map(federation -> new Thread(() -> LongStream.range(0, commits)
                        .forEach(version -> store().commit(List.of(model(federation, version))))))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(store().models(PUMPS, 999)).hasSize(commits);
        assertThat(store().models(FANS, 999)).hasSize(commits);
    }
}
