package dev.tributary.demo.app;

import dev.tributary.demo.Demo;
import dev.tributary.demo.DemoFailure;
import dev.tributary.demo.DemoOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code tributary demo}. */
@Command(
        name = "tributary demo",
        description = {
            "Runs a whole federation on this machine: a HiveMQ CE broker, the coordinator, and a fleet of devices, each in its own process.",
            "Devices train on their own rows and publish compressed updates; nothing but MQTT passes between the processes.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tributary demo                                        the simulated plant, until it converges",
            "  tributary demo --data DIR --rounds 30 --json          one CSV per device, 30 rounds, machine-readable",
            "  tributary demo --data DIR --new-devices every:5       keep every fifth device unseen",
            "",
            "Exit codes: 0 done, 1 something failed while running, 2 wrong options or data."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class DemoMain implements Callable<Integer> {
    @Mixin
    private DemoOptions options = new DemoOptions();

    private DemoMain() {}

    /** Runs the demonstration. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DemoMain())
                .setExecutionExceptionHandler(DemoMain::explain)
                .setParameterExceptionHandler((mistake, given) -> {
                    mistake.getCommandLine().getErr().println("tributary demo: " + mistake.getMessage());
                    mistake.getCommandLine().getErr().println("Try 'tributary demo --help'.");
                    return 2;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws DemoFailure, IOException, InterruptedException {
        options.requireSense();
        PrintStream screen = options.json() ? System.err : System.out;
        Demo.main(options, screen::println, System.out::println);
        return 0;
    }

    private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult given) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        line.getErr().println("tributary demo: " + message);
        return failure instanceof DemoFailure known ? known.exitCode() : 1;
    }
}
