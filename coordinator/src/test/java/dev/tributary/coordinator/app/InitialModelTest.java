package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.update.FederationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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

/** A federation that does not start from zeros. */
class InitialModelTest {
    private static final FederationId PUMPS = new FederationId("pumps");

    @Test
    void federation_givenWeights_areVersionZeroAndTrainedFrom() throws Exception {
        ModelSchema schema = new ModelSchema(
                0,
                Task.CLASSIFICATION,
                List.of(Feature.unbounded("temperature"), Feature.unbounded("current")),
                List.of("good", "bad"),
                Optional.empty(),
                3);
        FederationDefinition definition = new FederationDefinition(
                PUMPS,
                schema,
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                2,
                new RoundPlan(OptionalInt.empty(), 1, Duration.ofSeconds(20), 1, new FixedTrainRounds(1)),
                Optional.empty(),
                OptionalLong.of(7));
        Weights start = new Weights(schema.layout(), Vector.of(3, 3, 3, 3, 3, 3));
        InMemoryBroker broker = new InMemoryBroker();
        try (Coordinator coordinator = new Coordinator(
                        List.of(definition),
                        Map.of(PUMPS, start),
                        new InMemoryFederationStore(),
                        History.DEFAULT,
                        broker.transport("coordinator-main-0", Optional.empty()),
                        new SimpleMeterRegistry(),
                        event -> {},
                        InstantSource.system());
                FakeDevice device = new FakeDevice(broker, "a", PUMPS, Role.TRAINER, 1, UnaryOperator.identity())) {
            coordinator.start();
            device.start();
            coordinator.finished().get(15, TimeUnit.SECONDS);
            assertThat(weights(coordinator, 0)).containsOnly(3);
            // the fake device's training goes half the way to 1
            assertThat(weights(coordinator, 1)).containsOnly(new double[] {2}, within(0.02));
        }
    }

    private static double[] weights(Coordinator coordinator, long version) {
        return coordinator
                .store()
                .model(PUMPS, version)
                .orElseThrow()
                .model()
                .weights()
                .values()
                .toArray();
    }
}
