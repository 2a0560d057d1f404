package dev.tributary.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The script that plays broker, coordinator and fleet. */
public final class FakeLauncher {
    private FakeLauncher() {}

    /** Puts an executable copy into the folder. */
    public static Path in(Path folder) {
        Path script = folder.resolve("tributary");
        try (InputStream fake = FakeLauncher.class.getResourceAsStream("/fake-tributary")) {
            Files.copy(fake, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!script.toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot make executable: " + script);
        }
        return script;
    }
}
