package dev.tributary.chaos.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The folder of one run: configuration, the coordinator's database, the devices' journals, the proxy's capture. */
public record Workplace(Path folder) {
    /** The federation's name. */
    public static final String FEDERATION = "chaos";

    private static final String FEDERATION_FILE = "federation.yaml";

    /** Makes the folder. */
    public static Workplace create(Path folder) throws IOException {
        try {
            Files.createDirectories(folder.resolve("journals"));
            Files.createDirectories(folder.resolve("state"));
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException("cannot write " + folder + ": " + reason, e);
        }
        return new Workplace(folder);
    }

    /** Writes the coordinator's configuration. */
    void configure(String federationYaml, int proxyPort) throws IOException {
        Files.writeString(folder.resolve(FEDERATION_FILE), federationYaml);
        Files.writeString(
                coordinatorFile(),
                "name: chaos\n"
                        + "broker: {uri: \"tcp://127.0.0.1:" + proxyPort + "\"}\n"
                        + "http: {host: 127.0.0.1, port: 0}\n"
                        + "database: \"jdbc:sqlite:" + database().getFileName() + "\"\n"
                        // Whoever checks every version needs all of them.
                        + "history: {versions: 2000000000}\n"
                        + "federations: [" + FEDERATION_FILE + "]\n"
                        + "stopWhenFinished: false\n");
    }

    Path coordinatorFile() {
        return folder.resolve("coordinator.yaml");
    }

    Path brokerHome() {
        return folder.resolve("broker");
    }

    Path state() {
        return folder.resolve("state");
    }

    Path clockOffset() {
        return folder.resolve("clock-offset");
    }

    /** The folder of the devices' journals. */
    public Path journals() {
        return folder.resolve("journals");
    }

    /** The proxy's capture. */
    public Path capture() {
        return folder.resolve("capture.jsonl");
    }

    /** The coordinator's database. */
    public Path database() {
        return folder.resolve("coordinator.db");
    }

    /** The faults that were injected. */
    public Path faults() {
        return folder.resolve("faults.jsonl");
    }

    /** Sets the coordinator's clock ahead of the machine's, or back; it sees the old or the new value, nothing between. */
    void setClockOffset(Duration offset) {
        try {
            Path next = folder.resolve("clock-offset.next");
            Files.writeString(next, Long.toString(offset.toMillis()));
            Files.move(next, clockOffset(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
