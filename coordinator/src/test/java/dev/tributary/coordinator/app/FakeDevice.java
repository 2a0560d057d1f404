package dev.tributary.coordinator.app;

import dev.tributary.coordinator.FakeAnswer;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishPacket;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportListener;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A device with ten examples whose columns all have the mean {@code mean} and the variance 4, and whose training moves
 * each weight half the way to 1; it answers whatever it is asked, through {@code script}.
 */
final class FakeDevice implements TransportListener, AutoCloseable {
    static final int EXAMPLES = FakeAnswer.EXAMPLES;

    private final DeviceId id;
    private final FederationId federation;
    private final Presence.Role role;
    private final double mean;
    private final UnaryOperator<Optional<DeviceMessage>> script;
    private final Transport transport;
    private final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    private final List<RoundAnnouncement> answered = new CopyOnWriteArrayList<>();
    private final AtomicLong trainBytes = new AtomicLong();
    private Optional<FederationSpec> spec = Optional.empty();
    private Optional<Bytes> modelBytes = Optional.empty();
    private Optional<RoundAnnouncement> open = Optional.empty();

    FakeDevice(
            InMemoryBroker broker,
            String id,
            FederationId federation,
            Presence.Role role,
            double mean,
            UnaryOperator<Optional<DeviceMessage>> script) {
        this.id = new DeviceId(id);
        this.federation = federation;
        this.role = role;
        this.mean = mean;
        this.script = script;
        Publication will = Publication.of(
                        Topics.presence(this.id), WireMapper.encode(presence(Presence.Status.OFFLINE)))
                .retain();
        this.transport = broker.transport(id, Optional.of(will));
    }

    FakeDevice start() {
        transport.subscribe(Topics.spec(federation));
        transport.subscribe(Topics.model(federation));
        transport.subscribe(Topics.round(federation));
        transport.subscribe(Topics.receipt(federation, id));
        transport.start(this);
        return this;
    }

    List<Receipt> receipts() {
        return receipts;
    }

    List<RoundAnnouncement> answered() {
        return answered;
    }

    /** The PUBLISH bytes of its TRAIN updates. */
    long trainBytes() {
        return trainBytes.get();
    }

    void publish(Bytes payload) {
        transport.publish(Publication.of(Topics.update(federation, 1, id), payload));
    }

    private Presence presence(Presence.Status status) {
        return new Presence(id, status, "fake", List.of(new Presence.Membership(federation, role, EXAMPLES)));
    }

    @Override
    public void onConnected(boolean sessionPresent) {
        transport.publish(Publication.of(Topics.presence(id), WireMapper.encode(presence(Presence.Status.ONLINE)))
                .retain());
    }

    @Override
    public synchronized void onMessage(Delivery delivery) {
        delivery.acknowledge();
        String topic = delivery.topic();
        Bytes payload = delivery.payload();
        if (topic.equals(Topics.receipt(federation, id))) {
            receipts.add(WireMapper.decodeReceipt(federation, payload));
        } else if (topic.equals(Topics.spec(federation))) {
            spec = Optional.of(WireMapper.decodeSpec(federation, payload));
        } else if (topic.equals(Topics.model(federation))) {
            modelBytes = Optional.of(payload);
        } else if (topic.equals(Topics.round(federation))) {
            open = payload.size() == 0 ? Optional.empty() : Optional.of(WireMapper.decodeRound(federation, payload));
        }
        answer();
    }

    private void answer() {
        if (open.isEmpty() || spec.isEmpty() || !open.get().selects(id)) {
            return;
        }
        RoundAnnouncement call = open.get();
        boolean isMine = role == Presence.Role.TRAINER || call.kind() == RoundKind.EVALUATE;
        boolean isFitting =
                spec.get().schema().fingerprint().matches(call.fingerprint().toArray());
        if (!isMine || !isFitting) {
            return;
        }
        Optional<GlobalModel> model = modelBytes
                .filter(bytes -> call.kind() != RoundKind.STATISTICS)
                .map(bytes -> WireMapper.decodeModel(spec.get().schema(), bytes));
        if (call.kind() != RoundKind.STATISTICS
                && model.filter(one -> one.version() == call.baseVersion()).isEmpty()) {
            return;
        }
        open = Optional.empty();
        answered.add(call);
        script.apply(Optional.of(message(call, spec.get().schema(), model))).ifPresent(message -> {
            Bytes payload = WireMapper.encode(message);
            if (call.kind() == RoundKind.TRAIN) {
                trainBytes.addAndGet(PublishPacket.size(Topics.update(federation, 1, id), payload.size(), 1, false));
            }
            publish(payload);
        });
    }

    private DeviceMessage message(RoundAnnouncement call, ModelSchema schema, Optional<GlobalModel> model) {
        return new FakeAnswer(id, role, mean, 1).to(call, schema, model, answered.size());
    }

    @Override
    public void close() {
        transport.close();
    }
}
