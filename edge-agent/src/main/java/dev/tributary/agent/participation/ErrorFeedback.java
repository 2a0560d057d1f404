package dev.tributary.agent.participation;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Codecs;
import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import java.util.Optional;

/**
 * Error feedback (Karimireddy et al. 2019): p = e + Δ; send C(p); e ← p − C(p), for the encodings that want it. Owned by the
 * session's queue.
 *
 * <p>The residual e changes with a receipt alone: accepted, it becomes p − C(p); late or rejected, p. Without a receipt it
 * stays as it was, since nobody knows whether the update counted. It is forgotten when it is too old, of another schema, or
 * when the update that carried it was refused for what it said.
 */
final class ErrorFeedback {
    private final Memory memory;

    ErrorFeedback(Memory memory) {
        this.memory = memory;
    }

    /** The payload for a delta; what it leaves out is durable when this returns, if anything is. */
    Bytes encode(RoundAnnouncement call, Vector delta, Codec codec, Seed seed) {
        if (!Codecs.wantsErrorFeedback(call.encoding())) {
            return codec.encode(delta, seed);
        }
        Optional<Residual> before = read().filter(known -> known.isUsefulTo(call, delta.length()));
        Vector whole =
                before.map(known -> known.vector().plus(delta)).orElse(delta).roundedToFloat32();
        Bytes payload = codec.encode(whole, seed);
        Vector left = whole.minus(codec.decode(payload, whole.length(), seed)).roundedToFloat32();
        Residual next = new Residual(
                before.map(Residual::version).orElse(call.baseVersion()),
                call.fingerprint(),
                before.map(Residual::vector).orElse(Vector.zeros(delta.length())),
                Optional.of(new Residual.Pending(RoundKey.of(call), left, whole)));
        memory.put(DeviceState.Slot.RESIDUAL, next.toBytes());
        return payload;
    }

    /** The coordinator's word on the update to this call. */
    void settle(RoundKey call, Receipt.Code code) {
        Optional<Residual> waiting = read().filter(known ->
                known.pending().filter(one -> one.key().equals(call)).isPresent());
        if (waiting.isEmpty()) {
            return;
        }
        switch (code) {
            case ACCEPTED -> write(waiting.get().settled(true));
            // What was too large would be larger the next time.
            case NORM_TOO_LARGE, NOT_FINITE, MALFORMED -> memory.remove(DeviceState.Slot.RESIDUAL);
            default -> write(waiting.get().settled(false));
        }
    }

    private Optional<Residual> read() {
        return memory.get(DeviceState.Slot.RESIDUAL).flatMap(Residual::of);
    }

    private void write(Residual residual) {
        memory.put(DeviceState.Slot.RESIDUAL, residual.toBytes());
    }
}
