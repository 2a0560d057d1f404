package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.codec.Float32;
import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A model with two blocks of weights, which the coordinator begins and averages like any other. */
class PerceptronFederationTest {
    private static final FederationId PUMPS = new FederationId("pumps");
    private static final ModelSchema SCHEMA = new ModelSchema(
            0,
            Task.CLASSIFICATION,
            List.of(Feature.unbounded("temperature"), Feature.unbounded("current")),
            List.of("good", "bad"),
            Optional.empty(),
            3,
            Normalization.GLOBAL,
            new Architecture.Perceptron(4));

    @Test
    void federation_twoDevices_startsFromDrawnWeightsAndAveragesBoth() throws Exception {
        List<Weights> versions = versions(7);
        double[] first = versions.get(0).values().toArray();
        double[] second = versions.get(1).values().toArray();

        assertThat(versions.get(0).layout()).isEqualTo(SCHEMA.layout());
        assertThat(Arrays.stream(first).filter(weight -> weight != 0)).hasSize(4 * 2 + 4);
        for (int i = 0; i < first.length; i++) {
            // device a goes half the way to 1, device b goes 0.5 up
            assertThat(second[i]).isCloseTo(first[i] + ((1 - first[i]) / 2 + 0.5) / 2, within(1e-6));
        }
    }

    @Test
    void federation_sameSeed_beginsWithTheSameBits() throws Exception {
        assertThat(versions(7)).isEqualTo(versions(7));
        assertThat(versions(7).get(0)).isNotEqualTo(versions(8).get(0));
    }

    /** Versions 0 and 1 of a federation with this seed. */
    private static List<Weights> versions(long seed) throws Exception {
        FederationDefinition definition = new FederationDefinition(
                PUMPS,
                SCHEMA,
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                Float32.ID,
                new RoundPlan(OptionalInt.empty(), 2, Duration.ofSeconds(20), 2, new FixedTrainRounds(1)),
                Optional.empty(),
                OptionalLong.of(seed));
        InMemoryBroker broker = new InMemoryBroker();
        try (Coordinator coordinator = new Coordinator(
                        List.of(definition),
                        Map.of(),
                        new InMemoryFederationStore(),
                        History.DEFAULT,
                        broker.transport("coordinator-main-0", Optional.empty()),
                        new SimpleMeterRegistry(),
                        event -> {},
                        InstantSource.system());
                FakeDevice a = new FakeDevice(broker, "a", PUMPS, Role.TRAINER, 1, UnaryOperator.identity());
                FakeDevice b = new FakeDevice(
                        broker, "b", PUMPS, Role.TRAINER, 1, PerceptronFederationTest::halfUpInEachWeight)) {
            coordinator.start();
            a.start();
            b.start();
            coordinator.finished().get(15, TimeUnit.SECONDS);
            return List.of(weights(coordinator, 0), weights(coordinator, 1));
        }
    }

    private static Optional<DeviceMessage> halfUpInEachWeight(Optional<DeviceMessage> answer) {
        return answer.map(message -> {
            if (!(message instanceof Update update) || update.kind() != RoundKind.TRAIN) {
                return message;
            }
            double[] delta = new double[SCHEMA.layout().size()];
            Arrays.fill(delta, 0.5);
            EncodedVector vector = new EncodedVector(
                    EncodedVector.Role.DELTA, Float32.ID, new Float32().encode(Vector.of(delta), new Seed(0)));
            return new Update(
                    update.round(),
                    update.sequence(),
                    update.baseVersion(),
                    update.fingerprint(),
                    update.kind(),
                    update.exampleCount(),
                    List.of(vector),
                    update.correct(),
                    update.loss());
        });
    }

    private static Weights weights(Coordinator coordinator, long version) {
        return coordinator.store().model(PUMPS, version).orElseThrow().model().weights();
    }
}
