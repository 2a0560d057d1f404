package dev.tributary.coordinator.app;

import dev.tributary.export.ModelFormat;
import dev.tributary.process.ProcessLog;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fetches a model version from a running coordinator, as a file. */
@Command(
        name = "export",
        sortOptions = false,
        description = {"Writes a model version of a running coordinator as a file: raw readings in, real units out.", ""
        },
        footer = {
            "",
            "Example: export --federation pumps --format onnx --out pumps.onnx",
            "",
            "Exit status: 0 written, 1 failed, 2 wrong options."
        })
public final class ExportMain implements Callable<Integer> {
    @Option(names = "--federation", required = true, paramLabel = "NAME", description = "The federation's name.")
    private String federation;

    @Option(
            names = "--version",
            paramLabel = "V",
            defaultValue = "latest",
            description = "The model version, a number or latest; ${DEFAULT-VALUE} unless given.")
    private String version;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "tribuo (Tribuo's own format), onnx or json.")
    private ModelFormat format;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write; standard output without it.")
    private Path out;

    @Option(
            names = {"--url", "--coordinator"},
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The coordinator's HTTP address; ${DEFAULT-VALUE} unless given.")
    private URI coordinator;

    // "--version" is the model's, so that of the program has no option here.
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    /** Fetches one model version. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        System.exit(new CommandLine(new ExportMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        CoordinatorClient client;
        String path;
        try {
            client = new CoordinatorClient(coordinator);
            path = path();
        } catch (IllegalArgumentException e) {
            System.err.println("export: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        try {
            write(client.get(path));
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            System.err.println("export: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private String path() {
        if (!version.equals("latest") && !version.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("--version must be a number or latest, was " + version);
        }
        return "/" + new FederationId(federation) + "/models/" + version + "/file?format="
                + format.name().toLowerCase(Locale.ROOT);
    }

    private void write(byte[] model) throws IOException {
        if (out == null) {
            System.out.write(model);
            System.out.flush();
            return;
        }
        // A file that is there is whole: half a model must not be taken for one.
        Path whole = out.toAbsolutePath();
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            Files.write(part, model);
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw new IOException("cannot write " + out + ": " + e.getMessage(), e);
        }
    }
}
