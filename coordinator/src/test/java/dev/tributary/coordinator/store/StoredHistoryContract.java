package dev.tributary.coordinator.store;

import static dev.tributary.coordinator.store.StoreSamples.NOON;
import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.SCHEMA;
import static dev.tributary.coordinator.store.StoreSamples.STANDARDISED;
import static dev.tributary.coordinator.store.StoreSamples.close;
import static dev.tributary.coordinator.store.StoreSamples.evaluation;
import static dev.tributary.coordinator.store.StoreSamples.id;
import static dev.tributary.coordinator.store.StoreSamples.model;
import static dev.tributary.coordinator.store.StoreSamples.open;
import static dev.tributary.coordinator.store.StoreSamples.opened;
import static dev.tributary.coordinator.store.StoreSamples.spec;
import static dev.tributary.coordinator.store.StoreSamples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.coordinator.optimizer.OptimizerState;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Step;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Vector;
import dev.tributary.update.RoundId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every {@link FederationStore} must do with specifications, versions, evaluations and their age. */
public abstract class StoredHistoryContract extends StoredRecordsContract {
    @Test
    void spec_savedAgain_isTheNewestRevisionsNewest() {
        holding(PUMPS, new Change.SaveSpec(spec(PUMPS, STANDARDISED, 1)));
        store().commit(List.of(new Change.SaveSpec(spec(PUMPS, STANDARDISED, 2))));
        assertThat(reopened().spec(PUMPS)).contains(spec(PUMPS, STANDARDISED, 2));
        assertThat(store().memory(PUMPS).orElseThrow().spec()).isEqualTo(spec(PUMPS, STANDARDISED, 2));
    }

    @Test
    void models_areFoundByVersionAndNewestFirst_eachWithItsRevisionsSchema() {
        ModelVersion restored = new ModelVersion(
                version(1_000_000, STANDARDISED).model(),
                OptionalLong.of(3),
                OptionalLong.of(1),
                Optional.empty(),
                NOON);
        holding(
                PUMPS,
                model(PUMPS, 0),
                model(PUMPS, 1),
                new Change.SaveSpec(spec(PUMPS, STANDARDISED, 1)),
                new Change.SaveModel(PUMPS, version(3, STANDARDISED)),
                new Change.SaveModel(PUMPS, restored));
        FederationStore store = reopened();
        assertThat(store.latestModel(PUMPS)).contains(restored);
        assertThat(store.memory(PUMPS).orElseThrow().model()).contains(restored);
        assertThat(store.model(PUMPS, 1)).contains(version(1));
        assertThat(store.model(PUMPS, 2)).isEmpty();
        assertThat(store.models(PUMPS, 3)).containsExactly(restored, version(3, STANDARDISED), version(1));
    }

    @Test
    void optimizerState_savedTwice_isTheNewest() {
        OptimizerState state = new OptimizerState(
                "adam", 1L << 40, List.of(Vector.of(1.0 / 3, -0.0, Double.NaN, 4), Vector.of(5, 6, 7, 8)));
        holding(
                PUMPS,
                new Change.SaveOptimizerState(PUMPS, new OptimizerState("fedavg", 1, List.of())),
                new Change.SaveOptimizerState(PUMPS, state));
        assertThat(reopened().memory(PUMPS).orElseThrow().optimizerState()).contains(state);
        OptimizerState plain = new OptimizerState("fedavg", 2, List.of());
        store().commit(List.of(new Change.SaveOptimizerState(PUMPS, plain)));
        assertThat(reopened().memory(PUMPS).orElseThrow().optimizerState()).contains(plain);
    }

    @Test
    void evaluation_savedTwice_isTheNewest() {
        EvaluationRecord newest = evaluation(PUMPS, 1, new long[][] {{4, 3}, {2, 1}});
        holding(
                PUMPS,
                model(PUMPS, 0),
                new Change.SaveEvaluation(evaluation(PUMPS, 0, new long[][] {{1, 1}, {1, 1}})),
                model(PUMPS, 1),
                new Change.SaveEvaluation(evaluation(PUMPS, 1, new long[][] {{1, 2}, {3, 4}})),
                new Change.SaveEvaluation(newest));
        assertThat(reopened().evaluation(PUMPS, 1)).contains(newest);
        assertThat(store().memory(PUMPS).orElseThrow().evaluation()).contains(newest);
        assertThat(store().evaluation(PUMPS, 2)).isEmpty();
        store().commit(List.of(model(PUMPS, 2)));
        assertThat(store().memory(PUMPS).orElseThrow().evaluation()).isEmpty();
    }

    private void holdHistory() {
        holding(PUMPS);
        for (int number = 1; number <= 6; number++) {
            OpenRound round = opened(new RoundId(number, 1), Step.TRAIN, "a");
            store().commit(List.of(
                    open(PUMPS, round),
                    close(PUMPS, round, "a"),
                    model(PUMPS, number - 1),
                    new Change.SaveEvaluation(evaluation(PUMPS, number - 1, new long[][] {{1, 2}, {3, 4}}))));
        }
    }

    private void trim(int versions, Duration age, Instant now) {
        store().commit(List.of(new Change.TrimHistory(PUMPS, versions, age, now)));
    }

    private List<Long> versions() {
        return store().models(PUMPS, 99).stream()
                .map(one -> one.model().version())
                .toList();
    }

    @Test
    void trim_byCount_leavesTheNewestAndTheirRounds() {
        holdHistory();
        trim(2, Duration.ofDays(1), NOON.plusSeconds(6));
        reopened();
        assertThat(versions()).containsExactly(5L, 4L);
        assertThat(store().evaluation(PUMPS, 3)).isEmpty();
        assertThat(store().evaluation(PUMPS, 4)).isPresent();
        assertThat(store().rounds(PUMPS, 99).stream().map(RoundRecord::id))
                .containsExactly(new RoundId(6, 1), new RoundId(5, 1));
        assertThat(store().participation(PUMPS, new RoundId(4, 1), id("a"))).isEmpty();
        assertThat(store().participation(PUMPS, new RoundId(5, 1), id("a"))).isPresent();
    }

    @Test
    void trim_byAge_leavesTheYoungAndAlwaysTheNewest() {
        holdHistory();
        trim(99, Duration.ofSeconds(2), NOON.plusSeconds(5));
        assertThat(versions()).containsExactly(5L, 4L, 3L);
        trim(99, Duration.ofSeconds(2), NOON.plusSeconds(5000));
        assertThat(versions()).containsExactly(5L);
        assertThat(store().memory(PUMPS).orElseThrow().evaluation()).isPresent();
    }

    @Test
    void trim_ofNothing_changesNothing() {
        holding(PUMPS);
        trim(1, Duration.ofDays(1), NOON);
        assertThat(versions()).isEmpty();
    }

    @Test
    void saveSpec_withAnotherSchemaThanItsVersions_isRefused() {
        holding(PUMPS, model(PUMPS, 0));
        Change other = new Change.SaveSpec(spec(
                PUMPS, new ModelSchema(0, SCHEMA.task(), SCHEMA.features(), SCHEMA.outputs(), Optional.empty(), 4), 1));
        assertThatThrownBy(() -> store().commit(List.of(other)))
                .hasMessage("schema of revision 0 must stay that of its model versions, was another");
        store().commit(List.of(new Change.SaveSpec(spec(PUMPS, SCHEMA, 9))));
        assertThat(store().spec(PUMPS)).contains(spec(PUMPS, SCHEMA, 9));
    }
}
