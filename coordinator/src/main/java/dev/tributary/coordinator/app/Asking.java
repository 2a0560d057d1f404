package dev.tributary.coordinator.app;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** One question to a coordinator, with an exit status. */
interface Asking {
    /** Asks, and tells what comes of it. */
    void ask(CoordinatorClient client, PrintWriter out) throws IOException, InterruptedException;

    /** Runs it: 0 when it was answered, 1 when not, 2 when the arguments were wrong, each with a line that says why. */
    static int run(CommandSpec command, Where where, Asking asking) throws InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        try {
            asking.ask(new CoordinatorClient(where.coordinator), out);
            return CommandLine.ExitCode.OK;
        } catch (IllegalArgumentException e) {
            err.println(command.name() + ": " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        } catch (IOException e) {
            err.println(command.name() + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            out.flush();
            err.flush();
        }
    }
}
