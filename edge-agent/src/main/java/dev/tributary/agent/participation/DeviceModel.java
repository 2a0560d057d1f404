package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.wire.WireMapper;
import java.util.Optional;

/**
 * What a device predicts with in one federation: the newest version or, once it has chosen one, its personal model, until
 * it chooses anew. Owned by the session's queue.
 */
final class DeviceModel {
    private final Member member;
    private final Memory memory;
    private final SessionListener listener;
    private Optional<GlobalModel> personal = Optional.empty();
    private boolean isRestored;

    DeviceModel(Member member, Memory memory, SessionListener listener) {
        this.member = member;
        this.memory = memory;
        this.listener = listener;
    }

    /** This version is the newest. */
    void onGlobal(FederationSpec spec, GlobalModel newest) {
        if (!isRestored) {
            isRestored = true;
            personal = memory.get(DeviceState.Slot.PERSONAL).flatMap(stored -> decode(newest, stored));
        }
        boolean isInForce = spec.plan().personalEpochs() > 0
                && personal.filter(own -> own.schema().equals(newest.schema()) && own.version() <= newest.version())
                        .isPresent();
        if (!isInForce) {
            forget();
        }
        use(personal.orElse(newest));
    }

    private static Optional<GlobalModel> decode(GlobalModel newest, Bytes stored) {
        try {
            return Optional.of(WireMapper.decodeModel(newest.schema(), stored));
        } catch (MalformedMessageException otherSchema) {
            return Optional.empty();
        }
    }

    /** The device compared: these weights, made from {@code base}, are better for it; or, if there are none, the base is. */
    void onChosen(GlobalModel base, Optional<Weights> weights) {
        if (weights.isPresent()) {
            GlobalModel own = new GlobalModel(base.version(), base.schema(), weights.get());
            personal = Optional.of(own);
            memory.put(DeviceState.Slot.PERSONAL, WireMapper.encode(own));
        } else {
            forget();
        }
        use(personal.orElse(base));
    }

    private void forget() {
        if (personal.isPresent()) {
            personal = Optional.empty();
            memory.remove(DeviceState.Slot.PERSONAL);
        }
    }

    private void use(GlobalModel model) {
        listener.onPredictor(member.federation(), LocalSchema.localised(model, member), personal.isPresent());
    }
}
