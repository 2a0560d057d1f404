package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.WireMapper;
import java.util.Optional;

/** What a device knows of a federation: the specification in force and the newest model that fits it. */
final class FederationView {
    private static final System.Logger LOG = System.getLogger(FederationView.class.getName());

    private final FederationId federation;
    private final Memory memory;
    private final SessionListener listener;
    private final DeviceModel device;
    private Optional<FederationSpec> spec = Optional.empty();
    private Optional<Bytes> fingerprint = Optional.empty();
    private Optional<GlobalModel> model = Optional.empty();
    private Optional<Bytes> lastSpec = Optional.empty();
    private Optional<Bytes> lastModel = Optional.empty();
    /** Whether the broker said, on a connection since which nothing was missed, that the last model is the newest. */
    private boolean isNewest;

    private Optional<Long> lastVersion = Optional.empty();

    FederationView(FederationId federation, Memory memory, DeviceModel device, SessionListener listener) {
        this.device = device;
        this.federation = federation;
        this.memory = memory;
        this.listener = listener;
    }

    /** Takes up what a former process remembered. */
    void restore() {
        try {
            memory.get(DeviceState.Slot.SPEC).ifPresent(this::onSpec);
            memory.get(DeviceState.Slot.MODEL).ifPresent(this::onModel);
            isNewest = false;
        } catch (MalformedMessageException e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: a stored {1}; it is left aside", federation, e.getMessage());
        }
    }

    /** Versions may have been missed: what the broker retains comes anew, and until then the model is only remembered. */
    void onConnectedAnew() {
        isNewest = false;
    }

    void onSpec(Bytes payload) {
        if (payload.size() == 0 || lastSpec.equals(Optional.of(payload))) {
            return;
        }
        FederationSpec next = WireMapper.decodeSpec(federation, payload);
        spec = Optional.of(next);
        fingerprint = Optional.of(Bytes.of(next.schema().fingerprint().shortBytes()));
        lastSpec = Optional.of(payload);
        model = Optional.empty();
        memory.put(DeviceState.Slot.SPEC, payload);
        listener.onSpec(next);
        lastModel.ifPresent(this::fit);
    }

    /** A model may come before its specification: then it waits. */
    void onModel(Bytes payload) {
        isNewest = true;
        if (payload.size() == 0 || (model.isPresent() && lastModel.equals(Optional.of(payload)))) {
            return;
        }
        lastModel = Optional.of(payload);
        model = Optional.empty();
        fit(payload);
    }

    private void fit(Bytes payload) {
        if (spec.isEmpty()) {
            return;
        }
        try {
            GlobalModel next = WireMapper.decodeModel(spec.get().schema(), payload);
            model = Optional.of(next);
            lastVersion = Optional.of(next.version());
            memory.put(DeviceState.Slot.MODEL, payload);
            listener.onModel(federation, next);
            device.onGlobal(spec.get(), next);
        } catch (MalformedMessageException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: a model that does not fit waits: {1}", federation, e.getMessage());
        }
    }

    /** Whether the specification and, where the call needs it, the base version are there, and the newest. */
    boolean knows(RoundAnnouncement call) {
        boolean needsModel = call.kind() == RoundKind.TRAIN || call.kind() == RoundKind.EVALUATE;
        return fingerprint.equals(Optional.of(call.fingerprint()))
                && (!needsModel
                        || (isNewest
                                && model.filter(known -> known.version() == call.baseVersion())
                                        .isPresent()));
    }

    /** The revision of the specification in force. */
    Optional<Integer> revision() {
        return spec.map(inForce -> inForce.schema().revision());
    }

    /** The last model's version, once it fitted a specification. */
    Optional<Long> version() {
        return lastVersion;
    }

    Optional<FederationSpec> spec() {
        return spec;
    }

    Optional<GlobalModel> model() {
        return model;
    }
}
