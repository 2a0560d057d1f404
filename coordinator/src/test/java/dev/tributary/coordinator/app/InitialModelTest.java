package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.config.ConfigurationException;
import dev.tributary.coordinator.engine.FirstWeights;
import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.InitialModel;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.export.ModelExport;
import dev.tributary.export.ModelFormat;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.update.FederationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A federation that does not start from zeros. */
class InitialModelTest {
    private static final FederationId PUMPS = new FederationId("pumps");
    private static final FederationId FANS = new FederationId("fans");
    private static final List<String> COLUMNS = List.of("temperature", "current");

    private final FederationStore store = new InMemoryFederationStore();

    @TempDir
    private Path folder;

    @Test
    void federation_givenWeights_areVersionZeroAndTrainedFrom() throws Exception {
        FederationDefinition definition = definition(PUMPS, COLUMNS, Optional.empty());
        Weights start = new Weights(definition.schema().layout(), Vector.of(3, 3, 3, 3, 3, 3));
        run(definition, Map.of(PUMPS, new FirstWeights.Standardised(start)), 1);
        assertThat(weights(PUMPS, 0)).containsOnly(3);
        // the fake device's training goes half the way to 1
        assertThat(weights(PUMPS, 1)).containsOnly(new double[] {2}, within(0.02));
    }

    @Test
    void federation_earlierVersion_isVersionZeroUnderTheNewFleetsMeans() throws Exception {
        run(definition(PUMPS, COLUMNS, Optional.empty()), Map.of(), 1);
        FederationDefinition fans =
                definition(FANS, List.of("current", "temperature"), Optional.of(new InitialModel.Earlier(PUMPS, 1)));
        run(fans, InitialModels.of(List.of(fans), store), 5);
        requireMovedFromMeanOneToMeanFive();
    }

    @Test
    void federation_exportedModel_isVersionZeroUnderTheNewFleetsMeans() throws Exception {
        run(definition(PUMPS, COLUMNS, Optional.empty()), Map.of(), 1);
        Path file = folder.resolve("pumps.json");
        GlobalModel trained = store.model(PUMPS, 1).orElseThrow().model();
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelExport.write(trained, ModelFormat.JSON, out);
        }
        FederationDefinition fans = definition(FANS, COLUMNS, Optional.of(new InitialModel.InFile(file)));
        run(fans, InitialModels.of(List.of(fans), store), 5);
        requireMovedFromMeanOneToMeanFive();
    }

    /** Weights of 0.5 on both columns, whose means are two standard deviations higher than before, add 1 each to the bias. */
    private void requireMovedFromMeanOneToMeanFive() {
        assertThat(weights(PUMPS, 1)).containsOnly(new double[] {0.5}, within(0.01));
        assertThat(weights(FANS, 0)).containsExactly(new double[] {0.5, 0.5, 2.5, 0.5, 0.5, 2.5}, within(0.05));
    }

    @Test
    void initialModels_whatIsNotThereOrDoesNotFit_isNamedAtOnce() throws Exception {
        run(definition(PUMPS, COLUMNS, Optional.empty()), Map.of(), 1);
        Path text = Files.writeString(folder.resolve("text.json"), "{\"format\": \"onnx\"}");
        List<FederationDefinition> bad = List.of(
                definition(new FederationId("a"), COLUMNS, Optional.of(new InitialModel.Earlier(PUMPS, 7))),
                definition(new FederationId("b"), List.of("current"), Optional.of(new InitialModel.Earlier(PUMPS, 1))),
                definition(new FederationId("c"), COLUMNS, Optional.of(new InitialModel.InFile(text))));
        List<String> problems = catchThrowableOfType(ConfigurationException.class, () -> InitialModels.of(bad, store))
                .problems();
        assertThat(problems).hasSize(3);
        assertThat(problems.get(0))
                .startsWith("a: initialModel: pumps@7: the database has no such version of that federation")
                .contains("tributary models list --federation pumps");
        assertThat(problems.get(1))
                .isEqualTo("b: initialModel: pumps@1: its features must be the federation's 1; missing [], unknown"
                        + " [temperature]");
        assertThat(problems.get(2)).startsWith("c: initialModel: " + text + ":1: format: must be tributary-linear");
    }

    @Test
    void initialModels_federationThatHasBegun_needsItNoMore() throws Exception {
        run(definition(PUMPS, COLUMNS, Optional.empty()), Map.of(), 1);
        FederationDefinition begun = definition(PUMPS, COLUMNS, Optional.of(new InitialModel.Earlier(FANS, 3)));
        assertThat(InitialModels.of(List.of(begun), store)).isEmpty();
    }

    private void run(FederationDefinition definition, Map<FederationId, FirstWeights> firstWeights, double mean)
            throws Exception {
        InMemoryBroker broker = new InMemoryBroker();
        try (Coordinator coordinator = new Coordinator(
                        List.of(definition),
                        firstWeights,
                        store,
                        History.DEFAULT,
                        broker.transport("coordinator-main-0", Optional.empty()),
                        new SimpleMeterRegistry(),
                        event -> {},
                        InstantSource.system());
                FakeDevice device =
                        new FakeDevice(broker, "a", definition.id(), Role.TRAINER, mean, UnaryOperator.identity())) {
            coordinator.start();
            device.start();
            coordinator.finished().get(15, TimeUnit.SECONDS);
        }
    }

    private static FederationDefinition definition(
            FederationId id, List<String> columns, Optional<InitialModel> initialModel) {
        ModelSchema schema = new ModelSchema(
                0,
                Task.CLASSIFICATION,
                columns.stream().map(Feature::unbounded).toList(),
                List.of("good", "bad"),
                Optional.empty(),
                3);
        return new FederationDefinition(
                id,
                schema,
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                2,
                new RoundPlan(OptionalInt.empty(), 1, Duration.ofSeconds(20), 1, new FixedTrainRounds(1)),
                initialModel,
                OptionalLong.of(7));
    }

    private double[] weights(FederationId federation, long version) {
        return store.model(federation, version)
                .orElseThrow()
                .model()
                .weights()
                .values()
                .toArray();
    }
}
