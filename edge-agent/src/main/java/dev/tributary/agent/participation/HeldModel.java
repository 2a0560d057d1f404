package dev.tributary.agent.participation;

import dev.tributary.codec.ModelCoding;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.update.FederationId;
import dev.tributary.wire.WireMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The newest version that a device holds, by full models and by steps from one version to the next. A step that comes
 * before its base waits for it; one that does not fit what is held makes the device fetch the full model.
 */
final class HeldModel {
    private static final System.Logger LOG = System.getLogger(HeldModel.class.getName());
    /** A lost connection may deliver so many words once more. */
    private static final int REPEATS = 8;

    private final FederationId federation;
    private final Memory memory;
    private final SessionListener listener;
    private final DeviceModel device;
    private final Deque<Passed> passed = new ArrayDeque<>();
    private Optional<FederationSpec> spec = Optional.empty();
    private Optional<ModelCoding> coding = Optional.empty();
    private Optional<GlobalModel> model = Optional.empty();
    private Optional<Bytes> lastModel = Optional.empty();
    private Optional<Long> lastVersion = Optional.empty();
    /** What was said last of the newest version, while that is not the one held. */
    private Optional<ModelDelta> word = Optional.empty();
    /** Whether the broker said, on a connection since which nothing was missed, that the held version is the newest. */
    private boolean isNewest;

    private boolean isBehind;
    private boolean isHeard = true;

    /** A version that was held. */
    private record Passed(long version, Bytes digest) {
        static Passed of(ModelDelta word) {
            return new Passed(word.version(), word.digest());
        }
    }

    HeldModel(FederationId federation, Memory memory, DeviceModel device, SessionListener listener) {
        this.federation = federation;
        this.memory = memory;
        this.device = device;
        this.listener = listener;
    }

    Optional<GlobalModel> model() {
        return model;
    }

    /** The last version that fitted a specification. */
    Optional<Long> lastVersion() {
        return lastVersion;
    }

    /** Whether this version is held, and the newest. */
    boolean isNewest(long version) {
        return isNewest && model.filter(held -> held.version() == version).isPresent();
    }

    ModelWish wish() {
        return new ModelWish(isHeard, coding.isPresent(), model.isPresent(), isBehind);
    }

    /** Takes up what a former process remembered; it may be of the past. */
    void restore() {
        memory.get(DeviceState.Slot.MODEL).ifPresent(this::onModel);
        isNewest = false;
    }

    /** Versions may have been missed: what the broker retains comes anew, and until then the model is only remembered. */
    void onConnectedAnew() {
        isNewest = false;
        word = Optional.empty();
        passed.clear();
    }

    /** Whether the broker is to tell of versions from now on. */
    void hear(boolean now) {
        if (isHeard && !now) {
            onConnectedAnew();
        }
        isHeard = now;
    }

    void onSpec(FederationSpec next) {
        spec = Optional.of(next);
        coding = ModelCoding.of(federation, next.modelEncoding());
        model = Optional.empty();
        isBehind = false;
        lastModel.ifPresent(this::fit);
        followWord();
    }

    /** A model may come before its specification: then it waits. */
    void onModel(Bytes payload) {
        if (!wish().wantsModel() && isNewest) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: a model that nobody asked for any more", federation);
            return;
        }
        isNewest = true;
        if (payload.size() == 0) {
            return;
        }
        boolean isAnother = model.isEmpty() || !lastModel.equals(Optional.of(payload));
        if (isAnother) {
            lastModel = Optional.of(payload);
            model = Optional.empty();
            fit(payload);
        }
        if (model.isPresent()) {
            afterFullModel(model.get());
        }
    }

    private void fit(Bytes payload) {
        if (spec.isEmpty()) {
            return;
        }
        try {
            use(WireMapper.decodeModel(spec.get().schema(), payload), payload);
        } catch (MalformedMessageException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: a model that does not fit waits: {1}", federation, e.getMessage());
        }
    }

    private void use(GlobalModel next, Bytes payload) {
        model = Optional.of(next);
        lastModel = Optional.of(payload);
        lastVersion = Optional.of(next.version());
        memory.put(DeviceState.Slot.MODEL, payload);
        listener.onModel(federation, next);
        device.onGlobal(spec.orElseThrow(), next);
    }

    /** A full model came after all that was said before it, unless that is of a later version, which comes after it. */
    private void afterFullModel(GlobalModel full) {
        isBehind = false;
        word = word.filter(said -> said.version() > full.version());
        followWord();
    }

    /**
     * The newest version is said to be this one.
     *
     * @throws MalformedMessageException when it is no such word, or has a step that leads nowhere; the full model is
     *     fetched then
     */
    void onWord(Bytes payload) {
        word = Optional.empty();
        if (payload.size() == 0) {
            return;
        }
        try {
            word = Optional.of(WireMapper.decodeModelDelta(payload));
            followWord();
        } catch (MalformedMessageException e) {
            word = Optional.empty();
            fallBehind();
            throw e;
        }
    }

    /** No step came for so long that the full model is to be fetched. */
    void fallBehind() {
        isBehind = coding.isPresent();
    }

    /** Goes on to the version that was said to be the newest, if its step leads there from the one held. */
    private void followWord() {
        if (word.isEmpty() || coding.isEmpty() || model.isEmpty() || !fitsSchema(word.get())) {
            return;
        }
        ModelDelta said = word.get();
        GlobalModel held = model.get();
        if (ModelCoding.isOf(held, said)) {
            upToDate(said);
        } else if (said.isFrom(held.version())) {
            takeStep(coding.get(), held, said);
        } else if (passed.contains(Passed.of(said))) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "{0}: version {1} was said to be the newest once more",
                    federation,
                    said.version());
            word = Optional.empty();
        } else {
            if (said.version() <= held.version()) {
                listener.onMalformed(Traffic.DELTA);
            }
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "{0}: no step leads from version {1} to {2}; the full model is fetched",
                    federation,
                    held.version(),
                    said.version());
            fallBehind();
        }
    }

    private boolean fitsSchema(ModelDelta said) {
        return spec.filter(known ->
                        known.schema().fingerprint().matches(said.fingerprint().toArray()))
                .isPresent();
    }

    private void takeStep(ModelCoding code, GlobalModel held, ModelDelta said) {
        Optional<GlobalModel> next = code.apply(held, said);
        if (next.isPresent()) {
            use(next.get(), WireMapper.encode(next.get()));
            upToDate(said);
            return;
        }
        word = Optional.empty();
        listener.onMalformed(Traffic.DELTA);
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}: the step to version {1} was made from other weights than those of version {2} that this device holds;"
                        + " it fetches the full model",
                federation,
                said.version(),
                held.version());
        fallBehind();
    }

    private void upToDate(ModelDelta said) {
        isNewest = true;
        isBehind = false;
        word = Optional.empty();
        Passed now = Passed.of(said);
        if (!passed.contains(now)) {
            passed.addLast(now);
        }
        while (passed.size() > REPEATS) {
            passed.removeFirst();
        }
    }
}
