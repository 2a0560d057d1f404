package dev.tributary.agent.app;

import dev.tributary.process.ProcessLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Runs many simulated devices in one process: {@code tributary simulate}. */
public final class SimulateMain {
    private SimulateMain() {}

    /** Exits with 0 when it was told to stop, 1 for a failure at run time, 2 for options or data that make no fleet. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int code = run(out, System.err, arguments);
        out.flush();
        System.exit(code);
    }

    /** The same with other streams, returning the exit code. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        CommandLine line = new CommandLine(new SimulateCommand(out, err));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((problem, given) -> {
            err.println("tributary simulate: " + problem.getMessage() + " (see --help)");
            return CommandLine.ExitCode.USAGE;
        });
        return line.execute(arguments);
    }
}
