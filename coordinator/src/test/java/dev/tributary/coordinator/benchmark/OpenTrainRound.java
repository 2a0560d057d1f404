package dev.tributary.coordinator.benchmark;

import dev.tributary.coordinator.EngineParts;
import dev.tributary.coordinator.FakeAnswer;
import dev.tributary.coordinator.engine.FederationLoop;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.model.Bytes;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Publication;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A coordinator without a broker, brought to an open TRAIN round in which a given number of devices may answer; for
 * benchmarks.
 */
final class OpenTrainRound implements AutoCloseable {
    private static final FederationId PUMPS = new FederationId("pumps");
    private static final DeviceId KEEPER = new DeviceId("keeper");

    private final FederationLoop loop;
    private final Map<String, Bytes> retained = new ConcurrentHashMap<>();
    private final int weights;

    /**
     * @param weights of the model, a multiple of two
     * @param encoding of the deltas
     */
    OpenTrainRound(FederationStore store, int weights, int encoding) {
        this.weights = weights;
        FederationDefinition definition = new FederationDefinition(
                PUMPS,
                schema(weights),
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                encoding,
                new RoundPlan(OptionalInt.empty(), 1, Duration.ofDays(1), 1, new FixedTrainRounds(1)),
                Optional.empty(),
                OptionalLong.of(7));
        this.loop = new FederationLoop(
                definition, EngineParts.of(store, this::publish, event -> {}, InstantSource.system()));
    }

    private static ModelSchema schema(int weights) {
        List<Feature> features = IntStream.range(0, weights / 2 - 1)
                .mapToObj(i -> Feature.unbounded("x" + i))
                .toList();
        return new ModelSchema(0, Task.CLASSIFICATION, features, List.of("a", "b"), Optional.empty(), 3);
    }

    private void publish(Publication publication) {
        if (publication.retained()) {
            retained.put(publication.topic(), publication.payload());
        }
    }

    /** Opens the round; a device that never answers keeps it open. */
    void open(int devices) throws InterruptedException {
        loop.start();
        present(KEEPER, () -> {});
        RoundAnnouncement statistics = awaitRound(RoundKind.STATISTICS);
        answer(KEEPER, statistics, Optional.empty(), () -> {});
        awaitRound(RoundKind.TRAIN);
        CountDownLatch known = new CountDownLatch(devices);
        for (int i = 0; i < devices; i++) {
            present(device(i), known::countDown);
        }
        known.await();
    }

    private void present(DeviceId device, Runnable done) {
        Presence.Membership trainer = new Presence.Membership(PUMPS, Presence.Role.TRAINER, FakeAnswer.EXAMPLES);
        loop.onPresence(new Presence(device, Presence.Status.ONLINE, "fake", List.of(trainer)), done);
    }

    private RoundAnnouncement awaitRound(RoundKind kind) throws InterruptedException {
        while (true) {
            Bytes payload = retained.get(Topics.round(PUMPS));
            if (payload != null && payload.size() > 0) {
                RoundAnnouncement announcement = WireMapper.decodeRound(PUMPS, payload);
                if (announcement.kind() == kind) {
                    return announcement;
                }
            }
            Thread.sleep(1);
        }
    }

    /** What device {@code number} sends. */
    Bytes update(int number) throws InterruptedException {
        RoundAnnouncement call = awaitRound(RoundKind.TRAIN);
        FederationSpec spec = WireMapper.decodeSpec(PUMPS, retained.get(Topics.spec(PUMPS)));
        GlobalModel model = WireMapper.decodeModel(spec.schema(), retained.get(Topics.model(PUMPS)));
        Update update = new FakeAnswer(device(number), Presence.Role.TRAINER, 1, 0.5 + number % 7)
                .to(call, spec.schema(), Optional.of(model), 1);
        return WireMapper.encode(update);
    }

    private void answer(DeviceId device, RoundAnnouncement call, Optional<GlobalModel> model, Runnable done) {
        Update update = new FakeAnswer(device, Presence.Role.TRAINER, 1, 1).to(call, schema(weights), model, 1);
        loop.onAnswer(Topics.update(PUMPS, 1, device), device, WireMapper.encode(update), done);
    }

    /** Device {@code number} sends this. */
    void send(int number, Bytes update, Runnable done) {
        DeviceId device = device(number);
        loop.onAnswer(Topics.update(PUMPS, 1, device), device, update, done);
    }

    private static DeviceId device(int number) {
        return new DeviceId("device-" + number);
    }

    @Override
    public void close() {
        loop.close();
    }
}
