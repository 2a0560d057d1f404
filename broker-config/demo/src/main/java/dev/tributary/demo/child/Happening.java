package dev.tributary.demo.child;

/** What children do that concerns us. */
public sealed interface Happening {
    /** Who did it. */
    ChildProcess child();

    /** The child wrote a line to its standard output. */
    record Line(ChildProcess child, String text) implements Happening {}

    /** The child has ended and nothing more comes from it. */
    record Ended(ChildProcess child, int exitCode) implements Happening {}
}
