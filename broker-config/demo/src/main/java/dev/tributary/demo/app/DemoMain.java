package dev.tributary.demo.app;

import dev.tributary.demo.child.ChildProcesses;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The command {@code tributary demo}. */
@Command(
        name = "tributary demo",
        description = {
            "Starts an MQTT broker, a coordinator and a fleet of simulated devices, each in a process of its own, and trains one"
                    + " model over all devices while their readings stay where they are.",
            "It prints a line for each training round, and at the end how the federation's model compares with each device's own."
        },
        footer = {
            "",
            "Examples:",
            "  tributary demo                                  the built-in plant, until Ctrl-C",
            "  tributary demo --rounds 10 --json               ten rounds, the result as JSON",
            "  tributary demo --data DIR --new-devices every:5 your own CSVs; each fifth device only evaluates",
            "  tributary demo --example random-labels          the classic toy example: dense 10 ReLU → 1 sigmoid",
            "  tributary demo --plan encoding=exact --plan localEpochs=2",
            "",
            "Exit codes: 0 done, 1 something failed, 2 wrong usage, 130 or 143 by a signal."
        },
        mixinStandardHelpOptions = true,
        versionProvider = DemoMain.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class DemoMain implements Callable<Integer> {
    @Mixin
    private final DemoOptions options = new DemoOptions();

    private DemoMain() {}

    /** Runs the demo; returns never, but exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new DemoMain())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (failure instanceof DemoFailure known) {
                        line.getErr().println("tributary demo: " + known.getMessage());
                        return known.exitCode();
                    }
                    line.getErr()
                            .println("tributary demo: "
                                    + (failure.getMessage() == null ? failure : failure.getMessage()));
                    return DemoFailure.FAILED;
                })
                .setParameterExceptionHandler(DemoMain::explain);
    }

    private static int explain(ParameterException mistake, String... given) {
        CommandLine line = mistake.getCommandLine();
        line.getErr().println("tributary demo: " + mistake.getMessage());
        line.getErr().println("Try 'tributary demo --help'.");
        return DemoFailure.BAD_USAGE;
    }

    @Override
    public Integer call() throws DemoFailure, InterruptedException {
        options.check();
        if (!Files.isExecutable(options.launcher())) {
            throw new DemoFailure(
                    DemoFailure.FAILED, options.launcher() + " is missing; run the demo as ./tributary demo");
        }
        PrintStream out = utf8(FileDescriptor.out);
        Screen screen = new Screen(options.json() ? utf8(FileDescriptor.err) : out, out);
        ChildProcesses children = new ChildProcesses(options.launcher(), (child, line) -> {
            if (options.verbose()) {
                System.err.println("[" + child + "] " + line);
            }
        });
        try (DemoRun run = new DemoRun(options, children, screen)) {
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
            String version = DemoMain.class.getPackage().getImplementationVersion();
            return new String[] {"tributary demo " + (version == null ? "(not packaged)" : version)};
        }
    }
}
