package dev.tributary.agent.app;

import dev.tributary.agent.participation.SessionListener;
import dev.tributary.update.DeviceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The journal that was asked for, or none. Safe for many threads. */
record Journals(Optional<Journal> journal) implements AutoCloseable {
    /** The journal in this file, if one is named. */
    static Journals at(Optional<Path> file) throws IOException {
        return new Journals(
                file.isPresent() ? Optional.of(Journal.open(file.get(), InstantSource.system())) : Optional.empty());
    }

    /** The process began its work with these devices. */
    void started(List<DeviceId> devices) {
        journal.ifPresent(open -> open.started(devices));
    }

    /** Writes down what happens to this device. */
    SessionListener of(DeviceId device) {
        return journal.map(open -> open.of(device)).orElseGet(SessionListener::none);
    }

    @Override
    public void close() {
        journal.ifPresent(Journal::close);
    }
}
