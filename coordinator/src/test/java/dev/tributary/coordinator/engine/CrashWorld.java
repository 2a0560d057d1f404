package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.EngineParts;
import dev.tributary.coordinator.FakeAnswer;
import dev.tributary.coordinator.federation.Aggregation;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.optimizer.FedAvgStep;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.model.Bytes;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Publication;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * One federation, a broker and eight devices in one thread, where the coordinator's process dies at random: with its
 * engine goes all that was not committed, and the broker delivers again what was not acknowledged.
 */
final class CrashWorld {
    static final FederationId PUMPS = new FederationId("pumps");
    static final int DEVICES = 8;
    private static final int MAX_STEPS = 20_000;
    static final ModelSchema SCHEMA = new ModelSchema(
            0,
            Task.CLASSIFICATION,
            List.of(Feature.unbounded("temperature"), Feature.unbounded("current")),
            List.of("good", "bad"),
            Optional.empty(),
            3);

    private final FederationDefinition definition;
    private final FederationStore store;
    private final Random random;
    private final int crashesOf1000;
    private final UnitOfWork unit = new UnitOfWork();
    private final Deque<Message> broker = new ArrayDeque<>();
    private final Map<String, Bytes> retained = new HashMap<>();
    private final Map<DeviceId, Fake> devices = new LinkedHashMap<>();
    private final Map<RoundId, Set<DeviceId>> accepted = new HashMap<>();
    private final Set<Receipt.Code> codes = new LinkedHashSet<>();
    private final Map<Key, Receipt.Code> verdicts = new HashMap<>();
    private final Map<Key, Sent> sent = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private int crashes;

    /** A device's part in a round. */
    record Key(RoundId round, DeviceId device) {}

    /** An update, and the call that it answers. */
    record Sent(RoundAnnouncement call, Bytes payload) {}

    /** A message that the broker holds until it is acknowledged. */
    private record Message(DeviceId device, Optional<Bytes> answer) {}

    /** The process dies here. */
    private static final class CrashException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A device: it answers a call once, keeps the answer until its receipt, and sends it again when called again. One that
     * is slow answers with what it began with some steps ago, and takes up the newest call then.
     */
    private final class Fake {
        final FakeAnswer answers;
        Optional<RoundId> answered = Optional.empty();
        Optional<Bytes> unsettled = Optional.empty();
        final int slowness;
        Optional<Bytes> nextCall = Optional.empty();
        Optional<Bytes> made = Optional.empty();
        int stepsLeft;
        long sequence;

        Fake(DeviceId id, double target, int slowness) {
            this.answers = new FakeAnswer(id, Presence.Role.TRAINER, 1, target);
            this.slowness = slowness;
        }

        void called(Bytes payload) {
            if (payload.size() == 0) {
                return;
            }
            RoundAnnouncement call = WireMapper.decodeRound(PUMPS, payload);
            if (!call.selects(answers.id())) {
                return;
            }
            if (made.isPresent()) {
                nextCall = Optional.of(payload);
                return;
            }
            if (answered.equals(Optional.of(call.round()))) {
                unsettled.ifPresent(this::send);
                return;
            }
            FederationSpec spec = WireMapper.decodeSpec(PUMPS, retained.get(Topics.spec(PUMPS)));
            Optional<GlobalModel> model = call.kind() == RoundKind.STATISTICS
                    ? Optional.empty()
                    : Optional.of(WireMapper.decodeModel(spec.schema(), retained.get(Topics.model(PUMPS))));
            Bytes answer = WireMapper.encode(answers.to(call, spec.schema(), model, ++sequence));
            sent.put(new Key(call.round(), answers.id()), new Sent(call, answer));
            answered = Optional.of(call.round());
            if (slowness > 0 && call.kind() == RoundKind.TRAIN) {
                made = Optional.of(answer);
                stepsLeft = 1 + random.nextInt(slowness);
                return;
            }
            unsettled = Optional.of(answer);
            send(answer);
        }

        void goOn() {
            if (made.isEmpty() || --stepsLeft > 0) {
                return;
            }
            unsettled = made;
            made = Optional.empty();
            unsettled.ifPresent(this::send);
            Optional<Bytes> call = nextCall;
            nextCall = Optional.empty();
            call.ifPresent(this::called);
        }

        /** Twice the same in the broker is enough to see what duplicates do; more only make the test long. */
        private void send(Bytes answer) {
            Message message = new Message(answers.id(), Optional.of(answer));
            if (Collections.frequency(broker, message) < 2) {
                broker.add(message);
            }
        }

        void told(Receipt receipt) {
            codes.add(receipt.code());
            Receipt.Code before = verdicts.putIfAbsent(new Key(receipt.round(), answers.id()), receipt.code());
            if (before != null && before != receipt.code()) {
                throw new AssertionError(answers.id() + " was told " + before + " and then " + receipt);
            }
            if (receipt.code() == Receipt.Code.ACCEPTED) {
                accepted.computeIfAbsent(receipt.round(), any -> new LinkedHashSet<>())
                        .add(answers.id());
            }
            if (answered.equals(Optional.of(receipt.round()))) {
                unsettled = Optional.empty();
            }
        }
    }

    /** Synchronous rounds with devices that answer at once. */
    CrashWorld(FederationStore store, OptionalInt goal, int trainRounds, Random random, int crashesOf1000) {
        this(
                store,
                new RoundPlan(goal, 2, Duration.ofMinutes(10), DEVICES, new FixedTrainRounds(trainRounds)),
                List.of(0),
                random,
                crashesOf1000);
    }

    /** Devices of these degrees of slowness in turn: a TRAIN call takes one up to so many steps. */
    CrashWorld(FederationStore store, RoundPlan plan, List<Integer> slowness, Random random, int crashesOf1000) {
        this(store, plan, Aggregation.MEAN, slowness, random, crashesOf1000);
    }

    /** The same for another aggregation. */
    CrashWorld(
            FederationStore store,
            RoundPlan plan,
            Aggregation aggregation,
            List<Integer> slowness,
            Random random,
            int crashesOf1000) {
        this.store = store;
        this.random = random;
        this.crashesOf1000 = crashesOf1000;
        this.definition = new FederationDefinition(
                PUMPS,
                SCHEMA,
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                Encoding.of(1),
                aggregation,
                new FedAvgStep(),
                plan,
                Optional.empty(),
                OptionalLong.of(7));
        for (int i = 0; i < DEVICES; i++) {
            DeviceId id = new DeviceId("d" + i);
            devices.put(id, new Fake(id, 0.1 + i / 3.0, slowness.get(i % slowness.size())));
            broker.add(new Message(id, Optional.empty()));
        }
    }

    int crashes() {
        return crashes;
    }

    Set<DeviceId> acceptedIn(RoundId round) {
        return accepted.getOrDefault(round, Set.of());
    }

    /** What the devices were told of their updates, the first time. */
    Map<Key, Receipt.Code> verdicts() {
        return verdicts;
    }

    /** The update that a device made, and the call that it answers. */
    Sent sent(Key key) {
        return sent.get(key);
    }

    Set<Receipt.Code> codes() {
        return codes;
    }

    /** Runs until the federation ends. */
    void run() {
        Optional<FederationEngine> engine = Optional.empty();
        for (int step = 0; step < MAX_STEPS; step++) {
            now = now.plusMillis(1);
            try {
                if (engine.isEmpty()) {
                    FederationEngine begun = begin();
                    begun.putUp();
                    commit(List.of());
                    engine = Optional.of(begun);
                }
                devices.values().forEach(Fake::goOn);
                group(engine.get());
                if (engine.get().state().isFinished() && broker.isEmpty()) {
                    return;
                }
            } catch (CrashException e) {
                crashes++;
                engine = Optional.empty();
            }
        }
        throw new AssertionError("the federation must end, stands at "
                + engine.map(FederationEngine::state).map(Object::toString).orElse("a crash"));
    }

    private FederationEngine begin() {
        unit.clear();
        return new FederationEngine(definition, EngineParts.of(store, this::publish, event -> {}, () -> now), unit);
    }

    private void group(FederationEngine engine) {
        int size = crashesOf1000 == 0 ? 1 : 1 + random.nextInt(5);
        List<Message> group = new ArrayList<>();
        for (Message message : broker) {
            if (group.size() == size) {
                break;
            }
            group.add(message);
            maybeCrash();
            if (message.answer().isPresent()) {
                String topic = Topics.update(PUMPS, 1, message.device());
                engine.onAnswer(topic, message.device(), message.answer().get());
            } else {
                engine.onPresence(new Presence(
                        message.device(),
                        Presence.Status.ONLINE,
                        "fake",
                        List.of(new Presence.Membership(PUMPS, Presence.Role.TRAINER, FakeAnswer.EXAMPLES))));
            }
        }
        engine.onTick();
        commit(group);
    }

    private void commit(List<Message> group) {
        maybeCrash();
        List<Runnable> effects = unit.commit(store);
        for (Runnable effect : effects) {
            maybeCrash();
            effect.run();
        }
        for (int i = 0; i < group.size(); i++) {
            maybeCrash();
            broker.remove();
        }
    }

    private void maybeCrash() {
        if (random.nextInt(1000) < crashesOf1000) {
            throw new CrashException();
        }
    }

    private void publish(Publication publication) {
        if (publication.retained()) {
            retained.put(publication.topic(), publication.payload());
        }
        if (publication.topic().equals(Topics.round(PUMPS))) {
            devices.values().forEach(device -> device.called(publication.payload()));
        }
        for (Map.Entry<DeviceId, Fake> entry : devices.entrySet()) {
            if (publication.topic().equals(Topics.receipt(PUMPS, entry.getKey()))) {
                entry.getValue().told(WireMapper.decodeReceipt(PUMPS, publication.payload()));
            }
        }
    }
}
