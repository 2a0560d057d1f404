package dev.tributary.agent.app;

import dev.tributary.agent.participation.DeviceState;
import dev.tributary.agent.participation.MemoryDeviceState;
import dev.tributary.agent.store.StoreFile;
import dev.tributary.agent.store.StoredDeviceState;
import dev.tributary.update.DeviceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the devices of a fleet remember: in one file each, or in memory. Not safe for many threads; what it makes is. */
final class DeviceStates implements AutoCloseable {
    private final Optional<Path> folder;
    private final List<StoreFile> files = new ArrayList<>();

    /** States in this folder, which is made when there is none; without one in memory. */
    DeviceStates(Optional<Path> folder) {
        this.folder = folder;
    }

    /**
     * What this device remembers.
     *
     * @throws java.io.UncheckedIOException when its file cannot be opened
     */
    DeviceState of(DeviceId device) {
        if (folder.isEmpty()) {
            return new MemoryDeviceState();
        }
        StoreFile file = StoreFile.at(folder.get().resolve(device + ".store"), System::nanoTime);
        files.add(file);
        return new StoredDeviceState(file);
    }

    @Override
    public void close() {
        files.forEach(StoreFile::close);
    }
}
