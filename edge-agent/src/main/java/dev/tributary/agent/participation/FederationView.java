package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a device knows of a federation: the specification in force and the newest model that fits it. */
final class FederationView {
    private static final System.Logger LOG = System.getLogger(FederationView.class.getName());

    private final FederationId federation;
    private final Memory memory;
    private final SessionListener listener;
    private final HeldModel held;
    private Optional<FederationSpec> spec = Optional.empty();
    private Optional<Bytes> fingerprint = Optional.empty();
    private Optional<Bytes> lastSpec = Optional.empty();

    FederationView(FederationId federation, Memory memory, DeviceModel device, SessionListener listener) {
        this.federation = federation;
        this.memory = memory;
        this.listener = listener;
        this.held = new HeldModel(federation, memory, device, listener);
    }

    /** Takes up what a former process remembered. */
    void restore() {
        try {
            memory.get(DeviceState.Slot.SPEC).ifPresent(this::onSpec);
            held.restore();
        } catch (MalformedMessageException e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: a stored {1}; it is left aside", federation, e.getMessage());
        }
    }

    /** What is to be heard of the federation now, what a round needs before the round. */
    Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>();
        topics.add(Topics.spec(federation));
        topics.addAll(held.wish().topics(federation));
        return topics;
    }

    /** Whether the broker is to tell of versions from now on. */
    void hear(boolean now) {
        held.hear(now);
    }

    /** Versions may have been missed. */
    void onConnectedAnew() {
        held.onConnectedAnew();
    }

    void onSpec(Bytes payload) {
        if (payload.size() == 0 || lastSpec.equals(Optional.of(payload))) {
            return;
        }
        FederationSpec next = WireMapper.decodeSpec(federation, payload);
        spec = Optional.of(next);
        fingerprint = Optional.of(Bytes.of(next.schema().fingerprint().shortBytes()));
        lastSpec = Optional.of(payload);
        memory.put(DeviceState.Slot.SPEC, payload);
        listener.onSpec(next);
        held.onSpec(next);
    }

    void onModel(Bytes payload) {
        held.onModel(payload);
    }

    void onModelDelta(Bytes payload) {
        held.onWord(payload);
    }

    /** Whether the specification and, where the call needs it, the base version are there, and the newest. */
    boolean knows(RoundAnnouncement call) {
        return isOfSpec(call) && (!needsModel(call) || held.isNewest(call.baseVersion()));
    }

    /** A call waits in vain for its base version: no step came, so the full model is fetched. */
    void missesBaseOf(RoundAnnouncement call) {
        if (isOfSpec(call) && !knows(call) && !held.wish().wantsModel()) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "{0}: nothing came of version {1}; the full model is fetched",
                    federation,
                    call.baseVersion());
            held.fallBehind();
        }
    }

    private boolean isOfSpec(RoundAnnouncement call) {
        return fingerprint.equals(Optional.of(call.fingerprint()));
    }

    private static boolean needsModel(RoundAnnouncement call) {
        return call.kind() == RoundKind.TRAIN || call.kind() == RoundKind.EVALUATE;
    }

    /** The revision of the specification in force. */
    Optional<Integer> revision() {
        return spec.map(inForce -> inForce.schema().revision());
    }

    /** The last model's version, once it fitted a specification. */
    Optional<Long> version() {
        return held.lastVersion();
    }

    Optional<FederationSpec> spec() {
        return spec;
    }

    Optional<GlobalModel> model() {
        return held.model();
    }
}
