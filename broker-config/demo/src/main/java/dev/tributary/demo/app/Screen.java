package dev.tributary.demo.app;

import java.io.PrintStream;
import java.util.List;

/** Where a person reads, and where a program does: with {@code --json} standard output has the result alone. */
final class Screen {
    private final PrintStream people;
    private final PrintStream programs;

    Screen(PrintStream people, PrintStream programs) {
        this.people = people;
        this.programs = programs;
    }

    void line(String text) {
        people.println(text);
    }

    void lines(List<String> texts) {
        texts.forEach(this::line);
    }

    void result(String json) {
        programs.println(json);
        programs.flush();
    }

    /** Whether nobody reads any more, because the other end of a pipe was closed. */
    boolean isGone() {
        return people.checkError();
    }
}
