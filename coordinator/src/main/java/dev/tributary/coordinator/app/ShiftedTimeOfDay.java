package dev.tributary.coordinator.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** The time of day, wrong by the milliseconds in a file: a stand-in for a clock that somebody sets. */
record ShiftedTimeOfDay(InstantSource timeOfDay, Path file) implements InstantSource {
    @Override
    public Instant instant() {
        return timeOfDay.instant().plusMillis(offsetMillis());
    }

    private long offsetMillis() {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
