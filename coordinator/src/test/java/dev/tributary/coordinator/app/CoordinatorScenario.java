package dev.tributary.coordinator.app;

import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A coordinator over a broker in memory, with the devices that a test wants; all ends with the test. */
abstract class CoordinatorScenario {
    static final FederationId PUMPS = new FederationId("pumps");
    static final UnaryOperator<Optional<DeviceMessage>> HONEST = UnaryOperator.identity();

    final InMemoryBroker broker = new InMemoryBroker();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final List<FederationEvent> events = new CopyOnWriteArrayList<>();
    final List<FakeDevice> devices = new ArrayList<>();
    private final List<Coordinator> coordinators = new ArrayList<>();

    @AfterEach
    void end() {
        coordinators.forEach(Coordinator::close);
        devices.forEach(FakeDevice::close);
    }

    final void trainers(int count, UnaryOperator<Optional<DeviceMessage>> script) {
        for (int i = 0; i < count; i++) {
            device("trainer" + i, Role.TRAINER, i + 1, script);
        }
    }

    final FakeDevice device(String id, Role role, double mean, UnaryOperator<Optional<DeviceMessage>> script) {
        FakeDevice device = new FakeDevice(broker, id, PUMPS, role, mean, script);
        devices.add(device);
        return device.start();
    }

    final Coordinator coordinator(FederationDefinition... definitions) {
        return coordinator(broker, definitions);
    }

    final Coordinator coordinator(InMemoryBroker on, FederationDefinition... definitions) {
        Coordinator coordinator = new Coordinator(
                List.of(definitions),
                Map.of(),
                new InMemoryFederationStore(),
                History.DEFAULT,
                on.transport("coordinator-main-0", Optional.empty()),
                registry,
                events::add,
                InstantSource.system());
        coordinators.add(coordinator);
        coordinator.start();
        return coordinator;
    }

    static void finish(Coordinator coordinator) throws ExecutionException, InterruptedException, TimeoutException {
        coordinator.finished().get(15, TimeUnit.SECONDS);
    }

    final List<RoundRecord> rounds() {
        return only(FederationEvent.RoundClosed.class).stream()
                .map(FederationEvent.RoundClosed::round)
                .toList();
    }

    final <E extends FederationEvent> List<E> only(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static FederationDefinition definition(FederationId id, int startWhen, int trainRounds, Duration deadline) {
        return new FederationDefinition(
                id,
                new ModelSchema(
                        0,
                        Task.CLASSIFICATION,
                        List.of(Feature.unbounded("temperature"), Feature.unbounded("current")),
                        List.of("good", "bad"),
                        Optional.empty(),
                        3),
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                2,
                new RoundPlan(OptionalInt.empty(), 1, deadline, startWhen, new FixedTrainRounds(trainRounds)),
                Optional.empty(),
                OptionalLong.of(7));
    }
}
