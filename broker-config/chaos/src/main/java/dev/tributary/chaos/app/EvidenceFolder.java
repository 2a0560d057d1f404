package dev.tributary.chaos.app;

import dev.tributary.chaos.stage.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of both runs' evidence.
 *
 * @param temporary whether it goes away at the end
 */
record EvidenceFolder(Path folder, boolean temporary) implements AutoCloseable {
    private static final String DEVICES = "devices";

    /** The user's folder, which must be new or empty, or a temporary one. */
    static EvidenceFolder prepare(Optional<Path> chosen) throws IOException, ChaosFailure {
        if (chosen.isEmpty()) {
            return new EvidenceFolder(Files.createTempDirectory("tributary-chaos-"), true);
        }
        Path folder = chosen.get().toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ChaosFailure(ChaosFailure.FAILED, "--evidence: cannot make " + folder + ": " + e.getMessage());
        }
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new ChaosFailure(ChaosFailure.BAD_USAGE, "--evidence: " + folder + " must be new or empty");
            }
        }
        return new EvidenceFolder(folder, false);
    }

    Workplace faulty() throws IOException {
        return Workplace.create(folder.resolve("faulty"));
    }

    Workplace reference() throws IOException {
        return Workplace.create(folder.resolve("reference"));
    }

    /** Keeps how many devices took part. */
    void keepDevices(int devices) throws IOException {
        Files.writeString(folder.resolve(DEVICES), Integer.toString(devices));
    }

    /** How many devices took part in the runs that left this evidence. */
    long devices() throws ChaosFailure {
        try {
            return Long.parseLong(Files.readString(folder.resolve(DEVICES)).strip());
        } catch (IOException | NumberFormatException e) {
            throw new ChaosFailure(
                    ChaosFailure.BAD_USAGE, folder + " holds no evidence of `tributary chaos --evidence`");
        }
    }

    @Override
    public void close() {
        if (!temporary || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            System.getLogger(EvidenceFolder.class.getName())
                    .log(System.Logger.Level.DEBUG, "could not remove {0}", folder);
        }
    }
}
