package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A device's memory on a full disk: it takes nothing. */
final class FullDeviceState implements DeviceState {
    @Override
    public Optional<Bytes> get(FederationId federation, Slot slot) {
        return Optional.empty();
    }

    @Override
    public void put(FederationId federation, Slot slot, Bytes value) {
        throw new UncheckedIOException(new IOException("no space left on device"));
    }

    @Override
    public void remove(FederationId federation, Slot slot) {}

    @Override
    public long nextSequence() {
        return 1;
    }

    @Override
    public void close() {}
}
