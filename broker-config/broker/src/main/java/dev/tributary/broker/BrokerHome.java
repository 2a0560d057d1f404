package dev.tributary.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that HiveMQ calls its home: {@code conf}, {@code data}, {@code extensions}, {@code log}.
 *
 * @param folder the absolute folder
 * @param temporary whether it goes away with the broker
 */
record BrokerHome(Path folder, boolean temporary) {
    private static final List<String> CONFIGURATION = List.of("config.xml", "logback.xml");
    /** Room for HiveMQ's stores to open and for a first queue. */
    private static final long MINIMUM_FREE_BYTES = 64L << 20;

    /**
     * Lays out a home: the user's folder, whose {@code data} stays, or without one a temporary folder.
     *
     * @param extension the folder of the extension as the build left it
     * @throws BrokerFailure if the folder cannot be written or its disk is full
     */
    static BrokerHome prepare(Path chosen, Path extension) throws BrokerFailure {
        try {
            Path folder = chosen == null
                    ? Files.createTempDirectory("tributary-broker-")
                    : Files.createDirectories(chosen.toAbsolutePath().normalize());
            BrokerHome home = new BrokerHome(folder, chosen == null);
            try {
                home.fill(extension);
            } catch (IOException | BrokerFailure failed) {
                home.close();
                throw failed;
            }
            return home;
        } catch (IOException failed) {
            String where = chosen == null ? System.getProperty("java.io.tmpdir") : chosen.toString();
            throw new BrokerFailure("cannot write the broker's folder below " + where + ": " + reason(failed), failed);
        }
    }

    private void fill(Path extension) throws IOException, BrokerFailure {
        for (String name : List.of("conf", "data", "log", "extensions")) {
            Files.createDirectories(folder.resolve(name));
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < MINIMUM_FREE_BYTES) {
            throw new BrokerFailure("the disk of " + folder + " is full: " + (free >> 20)
                    + " MiB are free, the broker needs " + (MINIMUM_FREE_BYTES >> 20));
        }
        for (String name : CONFIGURATION) {
            try (InputStream file = BrokerHome.class.getResourceAsStream("/hivemq/conf/" + name)) {
                if (file == null) {
                    throw new BrokerFailure("the broker's jar lacks hivemq/conf/" + name + "; run `tributary build`");
                }
                Files.write(folder.resolve("conf").resolve(name), file.readAllBytes());
            }
        }
        if (!Files.isDirectory(extension)) {
            throw new BrokerFailure("the broker's extension is missing at " + extension + "; run `tributary build`");
        }
        Path installed =
                Files.createDirectories(folder.resolve("extensions").resolve(String.valueOf(extension.getFileName())));
        try (Stream<Path> files = Files.list(extension)) {
            for (Path file : files.toList()) {
                Files.copy(file, installed.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(folder.resolve("data").resolve(".writable"), "", StandardCharsets.UTF_8);
        Files.delete(folder.resolve("data").resolve(".writable"));
    }

    /** Removes the folder if it is temporary; what cannot be removed stays. */
    void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            System.getLogger(BrokerHome.class.getName()).log(System.Logger.Level.DEBUG, "could not remove {0}", folder);
        }
    }

    private static String reason(IOException failed) {
        if (failed instanceof FileSystemException file) {
            String kind = file.getClass().getSimpleName().replace("Exception", "");
            String why = file.getReason();
            return (why == null ? kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT) : why)
                    + " (" + file.getFile() + ")";
        }
        return String.valueOf(failed.getMessage());
    }
}
