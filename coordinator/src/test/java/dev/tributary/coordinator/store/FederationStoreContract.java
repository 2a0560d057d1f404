package dev.tributary.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every {@link FederationStore} must do. */
abstract class FederationStoreContract {
    static final FederationId PUMPS = new FederationId("pumps");
    static final FederationId FANS = new FederationId("fans");
    static final ModelSchema SCHEMA = new ModelSchema(
            0, Task.CLASSIFICATION, List.of(Feature.unbounded("x")), List.of("a", "b"), Optional.empty(), 3);

    abstract FederationStore store();

    @Test
    void spec_savedTwice_isTheNewest() {
        FederationStore store = store();
        assertThat(store.spec(PUMPS)).isEmpty();
        store.saveSpec(spec(PUMPS, 1));
        store.saveSpec(spec(PUMPS, 2));
        store.saveSpec(spec(FANS, 1));
        assertThat(store.spec(PUMPS)).contains(spec(PUMPS, 2));
        assertThat(store.federations()).containsExactly(FANS, PUMPS);
    }

    @Test
    void models_saved_areFoundByVersionAndNewestFirst() {
        FederationStore store = store();
        assertThat(store.latestModel(PUMPS)).isEmpty();
        for (int version = 0; version < 4; version++) {
            store.saveModel(PUMPS, version(version));
        }
        assertThat(store.latestModel(PUMPS)).contains(version(3));
        assertThat(store.model(PUMPS, 1)).contains(version(1));
        assertThat(store.model(PUMPS, 9)).isEmpty();
        assertThat(store.model(FANS, 1)).isEmpty();
        assertThat(store.models(PUMPS, 2)).containsExactly(version(3), version(2));
    }

    @Test
    void saveModel_versionThatIsNotNew_isRefused() {
        FederationStore store = store();
        store.saveModel(PUMPS, version(3));
        assertThatThrownBy(() -> store.saveModel(PUMPS, version(3))).hasMessage("version must be > 3, was 3");
    }

    @Test
    void rounds_saved_areNewestFirst() {
        FederationStore store = store();
        store.saveRound(round(1));
        store.saveRound(round(2));
        store.saveRound(round(3));
        assertThat(store.rounds(PUMPS, 2)).containsExactly(round(3), round(2));
        assertThat(store.rounds(FANS, 2)).isEmpty();
    }

    @Test
    void evaluation_savedTwice_isTheNewest() {
        FederationStore store = store();
        store.saveModel(PUMPS, version(0));
        store.saveEvaluation(evaluation(0, new long[][] {{1, 2}, {3, 4}}));
        store.saveEvaluation(evaluation(0, new long[][] {{4, 3}, {2, 1}}));
        assertThat(store.evaluation(PUMPS, 0)).contains(evaluation(0, new long[][] {{4, 3}, {2, 1}}));
        assertThat(store.evaluation(PUMPS, 1)).isEmpty();
    }

    static FederationSpec spec(FederationId federation, int localEpochs) {
        TrainingPlan plan = new TrainingPlan(
                localEpochs, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 10);
        return new FederationSpec(federation, SCHEMA, plan, OptionalInt.empty(), 1);
    }

    static ModelVersion version(long version) {
        return new ModelVersion(
                new GlobalModel(version, SCHEMA, Weights.zeros(SCHEMA.linearLayout())),
                version == 0 ? OptionalLong.empty() : OptionalLong.of(version - 1),
                new RoundId(version + 1, 1),
                Instant.EPOCH.plusSeconds(version));
    }

    static RoundRecord round(long number) {
        return new RoundRecord(
                PUMPS,
                new RoundId(number, 1),
                RoundKind.TRAIN,
                number - 1,
                true,
                "deadline",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(2),
                List.of(new DeviceId("a")),
                3,
                1,
                1,
                OptionalDouble.of(0.5),
                100,
                400);
    }

    static EvaluationRecord evaluation(long version, long[][] confusion) {
        return new EvaluationRecord(PUMPS, version, 1, Map.of(Role.OWN, Evaluation.ofDevice(confusion, 2)));
    }
}
