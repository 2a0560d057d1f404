package dev.tributary.chaos.app;

import java.io.PrintStream;
import java.util.List;

/** Where a person reads, and where a program does: with {@code --json} standard output has the result alone. */
record Narrator(PrintStream people, PrintStream programs, boolean verbose) {
    void say(String text) {
        people.println(text);
    }

    void say(List<String> lines) {
        lines.forEach(this::say);
    }

    void detail(String text) {
        if (verbose) {
            people.println(text);
        }
    }

    void result(String json) {
        programs.println(json);
        programs.flush();
    }
}
