package dev.tributary.chaos.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The command {@code tributary chaos}. */
@Command(
        name = "tributary chaos",
        description = {
            "Runs a federation of real processes and breaks it: kills and stops broker, coordinator and devices, cuts, delays,"
                    + " doubles and reorders what they say, and sets the coordinator's clock.",
            "Then it joins the devices' own journals with the coordinator's database and what a proxy saw: no acknowledged"
                    + " update may be lost or counted twice, every version must follow bit for bit from its contributors'"
                    + " updates, and the model must be as good as one of a run without faults."
        },
        footer = {
            "",
            "Examples:",
            "  tributary chaos --seed 7 --minutes 3          the built-in plant",
            "  tributary chaos --data DIR --minutes 30 --json",
            "  tributary chaos --evidence DIR; tributary chaos --check DIR",
            "",
            "Exit codes: 0 all promises held, 1 one was broken or something failed, 2 wrong usage, 130 or 143 by a signal."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ChaosMain.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class ChaosMain implements Callable<Integer> {
    @Mixin
    private final ChaosOptions options = new ChaosOptions();

    private ChaosMain() {}

    /** Runs the demo; returns never, but exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ChaosMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (failure instanceof ChaosFailure known) {
                        line.getErr().println("tributary chaos: " + known.getMessage());
                        return known.exitCode();
                    }
                    line.getErr()
                            .println("tributary chaos: "
                                    + (failure.getMessage() == null ? failure : failure.getMessage()));
                    return ChaosFailure.FAILED;
                })
                .setParameterExceptionHandler(ChaosMain::explain);
    }

    private static int explain(ParameterException mistake, String... given) {
        CommandLine line = mistake.getCommandLine();
        line.getErr().println("tributary chaos: " + mistake.getMessage());
        line.getErr().println("Try 'tributary chaos --help'.");
        return ChaosFailure.BAD_USAGE;
    }

    @Override
    public Integer call() throws ChaosFailure, InterruptedException {
        options.check();
        if (options.checked().isEmpty() && !Files.isExecutable(options.launcher())) {
            throw new ChaosFailure(
                    ChaosFailure.FAILED, options.launcher() + " is missing; run it as ./tributary chaos");
        }
        PrintStream out = utf8(FileDescriptor.out);
        Narrator narrator = new Narrator(options.json() ? utf8(FileDescriptor.err) : out, out, options.verbose());
        try (ChaosRun run = new ChaosRun(options, narrator, InstantSource.system())) {
            // Whatever ends this process, its children and files go first.
            Runtime.getRuntime().addShutdownHook(new Thread(run::close, "stop-children"));
            return run.call();
        }
    }

    /** What devices and columns are called may be in any script, whatever the locale. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ChaosMain.class.getPackage().getImplementationVersion();
            return new String[] {"tributary chaos " + (version == null ? "(not packaged)" : version)};
        }
    }
}
