package dev.tributary.demo.app;

import dev.tributary.demo.FakeLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The demo in a process of its own over the fake parts. */
final class DemoProcess implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final Process process;

    private DemoProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    static DemoProcess start(Path folder, String mode, String metrics, String... options) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        return start(folder, mode, metrics, temporary, options);
    }

    static DemoProcess start(Path folder, String mode, String metrics, Path temporary, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                DemoMain.class.getName(),
                "--launcher=" + FakeLauncher.in(folder),
                "--http-port=0"));
        command.addAll(List.of(options));
        if (command.stream().noneMatch(option -> option.startsWith("--port="))) {
            command.add("--port=0");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("FAKE_MODE", mode);
        builder.environment().put("FAKE_FOLDER", folder.toString());
        builder.environment().put("FAKE_METRICS", metrics);
        return new DemoProcess(folder, builder.start());
    }

    int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the demo did not end: " + out() + err());
        }
        return process.exitValue();
    }

    DemoProcess awaitOutput(String text) {
        Awaitility.await().atMost(LIMIT).until(() -> out().contains(text) || !process.isAlive());
        return this;
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("tributary"))
                    .toList();
        }
    }

    @Override
    public void close() {
        descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
