package dev.tributary.chaos.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, with a launcher that starts nothing. */
final class ChaosProcess {
    private ChaosProcess() {}

    /** How it ended and what it printed. */
    record Result(int exitCode, String out, String err) {}

    /** Runs it in this folder, to its end. */
    static Result run(Path folder, String... options) throws IOException, InterruptedException {
        Path launcher = folder.resolve("tributary");
        if (!Files.exists(launcher)) {
            Files.writeString(launcher, "#!/bin/sh\nexit 9\n");
            assertTrue(launcher.toFile().setExecutable(true));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChaosMain.class.getName(),
                "--launcher=" + launcher));
        command.addAll(List.of(options));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("did not end: " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assertTrue(boolean done) {
        if (!done) {
            throw new IllegalStateException("cannot make the launcher executable");
        }
    }
}
