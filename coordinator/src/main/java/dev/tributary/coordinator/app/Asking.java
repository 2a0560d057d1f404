package dev.tributary.coordinator.app;

import java.io.IOException;
import java.net.URI;
import picocli.CommandLine;

/** One question to a coordinator, with an exit status. */
interface Asking {
    /** Asks, and tells what comes of it. */
    void ask(CoordinatorClient client) throws IOException, InterruptedException;

    /** Runs it: 0 when it was answered, 1 when not, 2 when the arguments were wrong, each with a line that says why. */
    static int run(String command, URI coordinator, Asking asking) throws InterruptedException {
        try {
            asking.ask(new CoordinatorClient(coordinator));
            return CommandLine.ExitCode.OK;
        } catch (IllegalArgumentException e) {
            System.err.println(command + ": " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        } catch (IOException e) {
            System.err.println(command + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
