package dev.tributary.demo;

/** Why the demonstration cannot go on, in one line, and the exit code that says so. */
public final class DemoFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** A failure with this line and exit code: 1 at run time, 2 for wrong options or data. */
    public DemoFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The exit code. */
    public int exitCode() {
        return exitCode;
    }
}
