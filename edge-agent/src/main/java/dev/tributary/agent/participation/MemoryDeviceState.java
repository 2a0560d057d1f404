package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.update.FederationId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A device's memory that ends with the process. */
public final class MemoryDeviceState implements DeviceState {
    private final Map<Key, Bytes> values = new HashMap<>();
    private long sequence;

    private record Key(FederationId federation, Slot slot) {}

    @Override
    public Optional<Bytes> get(FederationId federation, Slot slot) {
        return Optional.ofNullable(values.get(new Key(federation, slot)));
    }

    @Override
    public void put(FederationId federation, Slot slot, Bytes value) {
        values.put(new Key(federation, slot), value);
    }

    @Override
    public void remove(FederationId federation, Slot slot) {
        values.remove(new Key(federation, slot));
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    @Override
    public void close() {}
}
