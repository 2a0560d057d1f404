package dev.tributary.coordinator.store.jdbc;

import static dev.tributary.coordinator.store.StoreSamples.FANS;
import static dev.tributary.coordinator.store.StoreSamples.NOON;
import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.STANDARDISED;
import static dev.tributary.coordinator.store.StoreSamples.announcement;
import static dev.tributary.coordinator.store.StoreSamples.answer;
import static dev.tributary.coordinator.store.StoreSamples.at;
import static dev.tributary.coordinator.store.StoreSamples.close;
import static dev.tributary.coordinator.store.StoreSamples.contribution;
import static dev.tributary.coordinator.store.StoreSamples.created;
import static dev.tributary.coordinator.store.StoreSamples.declined;
import static dev.tributary.coordinator.store.StoreSamples.device;
import static dev.tributary.coordinator.store.StoreSamples.evaluation;
import static dev.tributary.coordinator.store.StoreSamples.id;
import static dev.tributary.coordinator.store.StoreSamples.ids;
import static dev.tributary.coordinator.store.StoreSamples.open;
import static dev.tributary.coordinator.store.StoreSamples.opened;
import static dev.tributary.coordinator.store.StoreSamples.payload;
import static dev.tributary.coordinator.store.StoreSamples.record;
import static dev.tributary.coordinator.store.StoreSamples.rejected;
import static dev.tributary.coordinator.store.StoreSamples.spec;
import static dev.tributary.coordinator.store.StoreSamples.version;
import static dev.tributary.coordinator.store.StoreSamples.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.optimizer.OptimizerState;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.round.Stage;
import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.FederationMemory;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.coordinator.store.StoreSamples;
import dev.tributary.model.Bytes;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A federation in the middle of its third round, with another one that has just begun: what {@code v1.sql} holds. */
final class V1Sample {
    static final OpenRound FIRST = opened(new RoundId(1, 1), Step.STATISTICS, "a", "b");
    static final OpenRound SECOND = opened(new RoundId(2, 1), Step.TRAIN, "a", "b");
    static final OpenRound THIRD = opened(new RoundId(3, 2), Step.TRAIN, "a", "b", "c");
    static final OptimizerState OPTIMIZER =
            new OptimizerState("adam", 2, List.of(Vector.of(1, 2, 3, 4), Vector.of(0.1, -0.0, 1e300, 1.0 / 3)));

    private V1Sample() {}

    static List<Change> changes() {
        return StoreSamples.all(
                created(PUMPS),
                created(FANS),
                List.of(
                        new Change.SaveDevice(PUMPS, device("a", Status.ONLINE)),
                        new Change.SaveDevice(PUMPS, device("b", Status.SLEEPING)),
                        open(PUMPS, FIRST),
                        contribution(PUMPS, FIRST.id(), "a"),
                        answer(PUMPS, FIRST.id(), declined("b")),
                        new Change.SaveSpec(spec(PUMPS, STANDARDISED, 1)),
                        new Change.SaveModel(PUMPS, version(0, STANDARDISED)),
                        close(PUMPS, FIRST, "a"),
                        open(PUMPS, SECOND),
                        new Change.SaveModel(PUMPS, version(1, STANDARDISED)),
                        new Change.SaveOptimizerState(PUMPS, OPTIMIZER),
                        new Change.SaveEvaluation(evaluation(PUMPS, 1, new long[][] {{5, 1}, {2, 7}})),
                        close(PUMPS, SECOND, "a", "b"),
                        open(PUMPS, THIRD),
                        contribution(PUMPS, THIRD.id(), "b"),
                        answer(PUMPS, THIRD.id(), rejected("c")),
                        workflow(PUMPS, at(new Stage.Open(THIRD)))));
    }

    /** Holds this store to everything above. */
    static void assertKept(FederationStore store) {
        FederationMemory memory = store.memory(PUMPS).orElseThrow();
        assertThat(memory.state().openRound())
                .contains(THIRD.restored(
                        ids("a", "b", "c"), Map.of(id("b"), Answer.CONTRIBUTED, id("c"), Answer.REJECTED)));
        assertOthersKept(store);
        assertThat(memory.state().roundNumber()).isEqualTo(7);
        assertThat(memory.state().attempt()).isEqualTo(2);
        Map<DeviceId, Bytes> contributions = new LinkedHashMap<>();
        store.contributions(PUMPS, THIRD.id(), contributions::put);
        assertThat(contributions).containsExactly(Map.entry(id("b"), payload("b")));
    }

    /** Holds this store to everything above that a restored backup keeps as it was. */
    static void assertOthersKept(FederationStore store) {
        FederationMemory memory = store.memory(PUMPS).orElseThrow();
        assertThat(memory.state().fleet())
                .isEqualTo(Fleet.of(List.of(device("a", Status.ONLINE), device("b", Status.SLEEPING))));
        assertThat(memory.state().scores()).containsExactly(0.1, 1.0 / 3);
        assertThat(memory.fingerprint()).isEqualTo(StoreSamples.FINGERPRINT);
        assertThat(memory.spec()).isEqualTo(spec(PUMPS, STANDARDISED, 1));
        assertThat(memory.announcement()).contains(announcement(PUMPS, THIRD));
        assertThat(memory.beganAt()).contains(NOON.plusSeconds(1));
        assertThat(memory.optimizerState()).contains(OPTIMIZER);
        assertThat(memory.evaluation()).contains(evaluation(PUMPS, 1, new long[][] {{5, 1}, {2, 7}}));
        assertThat(memory.model()).contains(version(1, STANDARDISED));
        assertThat(store.models(PUMPS, 9)).containsExactly(version(1, STANDARDISED), version(0, STANDARDISED));
        assertThat(store.round(PUMPS, FIRST.id())).contains(record(PUMPS, FIRST, true, "a"));
        assertThat(store.round(PUMPS, SECOND.id())).contains(record(PUMPS, SECOND, true, "a", "b"));
        assertThat(store.participation(PUMPS, FIRST.id(), id("b"))).contains(declined("b"));
        assertThat(store.participation(PUMPS, SECOND.id(), id("b"))).contains(Participation.selected(id("b")));
        assertThat(store.participation(PUMPS, THIRD.id(), id("c"))).contains(rejected("c"));
        assertThat(store.memory(FANS).orElseThrow().state().stage()).isEqualTo(new Stage.Waiting(3));
    }
}
