package dev.tributary.system;

import dev.tributary.model.Bytes;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOutcome;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportListener;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A coordinator whose every word the test says, over the real broker: one feature {@code x}, one output {@code y}. */
final class WireCoordinator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_UNANSWERED = 32;

    private final FederationId federation;
    private final Transport transport;
    private final ModelSchema schema = new ModelSchema(
                    0, Task.REGRESSION, List.of(Feature.unbounded("x")), List.of("y"), Optional.empty(), 20)
            .standardisedBy(new Standardiser(Vector.of(4), Vector.of(3), Vector.of(45), Vector.of(30)));
    private final List<DeviceMessage> answers = new CopyOnWriteArrayList<>();
    private final List<Presence> presences = new CopyOnWriteArrayList<>();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    WireCoordinator(URI broker, String federation) {
        this.federation = new FederationId(federation);
        this.transport = new PahoTransport(MqttSettings.of(broker, "coordinator-" + federation));
        transport.subscribe(Topics.updateFilter(this.federation));
        transport.subscribe("tributary/v1/presence/+");
        transport.start(new Hearing());
        Awaitility.await().atMost(PATIENCE).until(transport::isConnected);
    }

    private final class Hearing implements TransportListener {
        @Override
        public void onMessage(Delivery delivery) {
            Optional<DeviceId> device = Topics.parsePresence(delivery.topic());
            if (device.isPresent()) {
                presences.add(WireMapper.decodePresence(device.get(), delivery.payload()));
            } else {
                answers.add(WireMapper.decodeDeviceMessage(delivery.payload()));
            }
            delivery.acknowledge();
        }

        @Override
        public void onPublished(Publication publication, PublishOutcome outcome) {
            answered.incrementAndGet();
        }
    }

    FederationId federation() {
        return federation;
    }

    /** What came on the update topic, in order. */
    List<DeviceMessage> answers() {
        return answers;
    }

    /** What was said of a device's presence, in order. */
    List<Presence.Status> presence(String device) {
        return presences.stream()
                .filter(presence -> presence.device().value().equals(device))
                .map(Presence::status)
                .toList();
    }

    /** The last word about a device's presence. */
    Optional<Presence> lastPresence(String device) {
        return presences.stream()
                .filter(presence -> presence.device().value().equals(device))
                .reduce((first, second) -> second);
    }

    void spec() {
        spec(1);
    }

    void spec(int shards) {
        spec(shards, Encoding.NONE);
    }

    /** A specification that says that versions are published as steps in this encoding. */
    void specWithSteps(Encoding modelEncoding) {
        spec(1, modelEncoding);
    }

    private void spec(int shards, Encoding modelEncoding) {
        TrainingPlan plan =
                new TrainingPlan(1, 1, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.SQUARED, 5, 2);
        retain(
                Topics.spec(federation),
                WireMapper.encode(new FederationSpec(federation, schema, plan, OptionalInt.empty(), shards)
                        .withModelEncoding(modelEncoding)),
                Optional.empty());
    }

    void model(long version) {
        retain(Topics.model(federation), WireMapper.encode(zeros(version)), Optional.empty());
    }

    /** A version whose weights are zeros. */
    GlobalModel zeros(long version) {
        return new GlobalModel(version, schema, Weights.zeros(schema.layout()));
    }

    /** As a coordinator does: the full model, then the word on it. */
    void publish(GlobalModel model, ModelDelta word) {
        retain(Topics.model(federation), WireMapper.encode(model), Optional.empty());
        awaitAll();
        retain(Topics.modelDelta(federation), WireMapper.encode(word), Optional.empty());
        awaitAll();
    }

    /** Calls everybody to train from {@code baseVersion}; the announcement expires at the deadline. */
    void round(long number, long baseVersion, Duration deadline) {
        RoundAnnouncement call = new RoundAnnouncement(
                federation,
                new RoundId(number, 1),
                RoundKind.TRAIN,
                baseVersion,
                Bytes.of(schema.fingerprint().shortBytes()),
                Bytes.of((byte) number),
                1,
                0.1,
                0,
                1,
                1,
                false,
                deadline,
                Duration.ofSeconds(1));
        retain(Topics.round(federation), WireMapper.encode(call), Optional.of(deadline));
    }

    void accept(String device, long number) {
        Receipt receipt = new Receipt(federation, new RoundId(number, 1), Receipt.Code.ACCEPTED, "", false);
        put(Publication.of(Topics.receipt(federation, new DeviceId(device)), WireMapper.encode(receipt)));
    }

    private void retain(String topic, Bytes payload, Optional<Duration> expiry) {
        put(new Publication(topic, payload, 1, true, expiry));
    }

    private void put(Publication publication) {
        published.incrementAndGet();
        transport.publish(publication);
        // Never more than are in flight: else the newer of two retained ones would replace the older before it is sent.
        awaitUnanswered(MAX_UNANSWERED);
    }

    /** Waits until the broker has answered everything. */
    void awaitAll() {
        awaitUnanswered(0);
    }

    private void awaitUnanswered(int most) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> published.get() - answered.get() <= most);
    }

    @Override
    public void close() {
        transport.close();
    }
}
