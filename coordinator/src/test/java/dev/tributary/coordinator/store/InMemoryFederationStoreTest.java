package dev.tributary.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.Weights;
import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InMemoryFederationStoreTest extends FederationStoreContract {
    @Override
    FederationStore store() {
        return new InMemoryFederationStore();
    }

    @Test
    void models_moreThanAThousand_keepTheNewest() {
        FederationStore store = store();
        for (int version = 0; version < 1005; version++) {
            store.saveModel(PUMPS, version(version));
            store.saveEvaluation(evaluation(version, new long[][] {{1, 2}, {3, 4}}));
        }
        assertThat(store.models(PUMPS, 2000)).hasSize(1000);
        assertThat(store.model(PUMPS, 4)).isEmpty();
        assertThat(store.model(PUMPS, 5)).isPresent();
        assertThat(store.latestModel(PUMPS)).contains(version(1004));
        assertThat(store.evaluation(PUMPS, 4)).isEmpty();
        assertThat(store.evaluation(PUMPS, 1004)).isPresent();
    }

    @Test
    void models_large_keepFewerAndAlwaysTheNewest() {
        FederationStore store = store();
        List<Feature> features = IntStream.range(0, 999_999)
                .mapToObj(i -> Feature.unbounded("f" + i))
                .toList();
        ModelSchema wide = new ModelSchema(0, Task.REGRESSION, features, List.of("y"), Optional.empty(), 3);
        Weights weights = Weights.zeros(wide.linearLayout());
        for (int version = 0; version < 7; version++) {
            store.saveModel(
                    PUMPS,
                    new ModelVersion(
                            new GlobalModel(version, wide, weights),
                            OptionalLong.empty(),
                            new RoundId(1, 1),
                            Instant.EPOCH));
        }
        assertThat(store.models(PUMPS, 100).stream().map(one -> one.model().version()))
                .containsExactly(6L, 5L, 4L, 3L);
    }
}
