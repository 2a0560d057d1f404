package dev.tributary.demo.setup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder with the coordinator's configuration, removed at the end. */
public final class RunFolder implements AutoCloseable {
    private static final String FEDERATION = "federation.yaml";
    private static final String COORDINATOR = "coordinator.yaml";

    private final Path folder;

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder and writes both files.
     *
     * @throws IOException with a message for the user when that is not possible
     */
    public static RunFolder create(Path parent, DemoFederation federation, int brokerPort, int httpPort)
            throws IOException {
        try {
            RunFolder run = new RunFolder(Files.createTempDirectory(parent, "tributary-demo-"));
            try {
                Files.writeString(run.folder.resolve(FEDERATION), federation.yaml());
                Files.writeString(run.coordinatorFile(), coordinatorYaml(brokerPort, httpPort));
            } catch (IOException failed) {
                run.close();
                throw failed;
            }
            return run;
        } catch (FileSystemException failed) {
            String reason = failed.getReason() == null ? failed.getClass().getSimpleName() : failed.getReason();
            throw new IOException("cannot write below " + parent + ": " + reason, failed);
        } catch (IOException failed) {
            throw new IOException("cannot write below " + parent + ": " + failed.getMessage(), failed);
        }
    }

    private static String coordinatorYaml(int brokerPort, int httpPort) {
        return "name: demo\n"
                + "broker: {uri: \"tcp://127.0.0.1:" + brokerPort + "\"}\n"
                + "http: {host: 127.0.0.1, port: " + httpPort + "}\n"
                + "federations: [" + FEDERATION + "]\n"
                + "stopWhenFinished: false\n";
    }

    /** The file for {@code coordinator --config}. */
    public Path coordinatorFile() {
        return folder.resolve(COORDINATOR);
    }

    /** The federation's file. */
    public Path federationFile() {
        return folder.resolve(FEDERATION);
    }

    /** Removes the folder; what cannot be removed stays. A run that is stopped at its end is closed by two threads. */
    @Override
    public synchronized void close() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            System.getLogger(RunFolder.class.getName()).log(System.Logger.Level.DEBUG, "could not remove {0}", folder);
        }
    }
}
