package dev.tributary.agent.participation;

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
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.transport.Publication;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportListener;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A coordinator whose every word the test says: one feature, one output, a plan with 2 examples at least. */
final class ScriptedCoordinator {
    static final FederationId FEDERATION = new FederationId("f");

    final List<DeviceMessage> answers = new ArrayList<>();
    final List<Bytes> payloads = new ArrayList<>();
    final ModelSchema raw =
            new ModelSchema(0, Task.REGRESSION, List.of(Feature.unbounded("x")), List.of("y"), Optional.empty(), 20);
    final ModelSchema schema =
            raw.standardisedBy(new Standardiser(Vector.of(1), Vector.of(2), Vector.of(3), Vector.of(4)));
    private final Transport transport;

    ScriptedCoordinator(InMemoryBroker broker) {
        this.transport = broker.transport("coordinator-main-0", Optional.empty());
        transport.subscribe(Topics.updateFilter(FEDERATION));
        transport.start(new TransportListener() {
            @Override
            public void onMessage(Delivery delivery) {
                payloads.add(delivery.payload());
                answers.add(WireMapper.decodeDeviceMessage(delivery.payload()));
                delivery.acknowledge();
            }
        });
    }

    void spec(ModelSchema ofSchema) {
        spec(ofSchema, Encoding.NONE);
    }

    /** A specification that says how versions are published as steps. */
    void spec(ModelSchema ofSchema, Encoding modelEncoding) {
        TrainingPlan plan =
                new TrainingPlan(1, 1, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.SQUARED, 5, 2);
        retain(
                Topics.spec(FEDERATION),
                WireMapper.encode(new FederationSpec(FEDERATION, ofSchema, plan, OptionalInt.empty(), 1)
                        .withModelEncoding(modelEncoding)));
    }

    void model(long version) {
        model(new GlobalModel(version, schema, Weights.zeros(schema.layout())));
    }

    void model(GlobalModel model) {
        retain(Topics.model(FEDERATION), WireMapper.encode(model));
    }

    void word(ModelDelta word) {
        retain(Topics.modelDelta(FEDERATION), WireMapper.encode(word));
    }

    void round(RoundAnnouncement call) {
        retain(Topics.round(FEDERATION), WireMapper.encode(call));
    }

    void receipt(DeviceId device, RoundId round, Receipt.Code code) {
        Receipt receipt = new Receipt(FEDERATION, round, code, "", false);
        transport.publish(Publication.of(Topics.receipt(FEDERATION, device), WireMapper.encode(receipt)));
    }

    void expiringRound(RoundAnnouncement call, Duration expiry) {
        transport.publish(Publication.of(Topics.round(FEDERATION), WireMapper.encode(call))
                .retain()
                .expiringAfter(expiry));
    }

    void retain(String topic, Bytes payload) {
        transport.publish(Publication.of(topic, payload).retain());
    }

    void unsubscribeByLeaving(InMemoryBroker broker) {
        broker.cut("coordinator-main-0");
        broker.dropSession("coordinator-main-0");
    }

    void comeBack(InMemoryBroker broker) {
        broker.mend("coordinator-main-0");
    }

    RoundAnnouncement call(long number, RoundKind kind, long baseVersion) {
        return call(number, 1, kind, baseVersion, 1, kind == RoundKind.TRAIN ? 1 : 0, false);
    }

    /** A call to train that asks sleeping devices to look again after this time. */
    RoundAnnouncement callWithComeBack(long number, Duration comeBack) {
        RoundAnnouncement call = call(number, RoundKind.TRAIN, 0);
        return new RoundAnnouncement(
                call.federation(),
                call.round(),
                call.kind(),
                call.baseVersion(),
                call.fingerprint(),
                call.nonce(),
                call.share(),
                call.learningRate(),
                call.learningRateDecay(),
                call.encoding(),
                call.trainRounds(),
                call.comparisons(),
                call.deadline(),
                comeBack);
    }

    RoundAnnouncement call(
            long number, int attempt, RoundKind kind, long baseVersion, double share, int encoding, boolean compare) {
        ModelSchema under = kind == RoundKind.STATISTICS ? raw : schema;
        return new RoundAnnouncement(
                FEDERATION,
                new RoundId(number, attempt),
                kind,
                baseVersion,
                Bytes.of(under.fingerprint().shortBytes()),
                Bytes.of((byte) number, (byte) attempt),
                share,
                0.1,
                0,
                encoding,
                3,
                compare,
                Duration.ofSeconds(60),
                Duration.ofSeconds(1));
    }
}
