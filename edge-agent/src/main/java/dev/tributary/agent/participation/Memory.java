package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.update.FederationId;
import java.io.UncheckedIOException;
import java.util.Optional;

/** One federation's share of the device's state, which goes on without what cannot be written, and says so once. */
final class Memory {
    private static final System.Logger LOG = System.getLogger(Memory.class.getName());

    private final FederationId federation;
    private final DeviceState state;
    private boolean complained;

    Memory(FederationId federation, DeviceState state) {
        this.federation = federation;
        this.state = state;
    }

    Optional<Bytes> get(DeviceState.Slot slot) {
        return state.get(federation, slot);
    }

    /** Remembers a value if that is possible; returns whether it was. */
    boolean put(DeviceState.Slot slot, Bytes value) {
        try {
            state.put(federation, slot, value);
            complained = false;
            return true;
        } catch (UncheckedIOException e) {
            if (!complained) {
                complained = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}: cannot store the device''s state and goes on without: {1}",
                        federation,
                        e.getMessage());
            }
            return false;
        }
    }

    void remove(DeviceState.Slot slot) {
        try {
            state.remove(federation, slot);
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: cannot forget {1}: {2}", federation, slot, e.getMessage());
        }
    }

    long nextSequence() {
        return state.nextSequence();
    }
}
