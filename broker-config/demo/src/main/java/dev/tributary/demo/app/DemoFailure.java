package dev.tributary.demo.app;

/** An expected reason why the demo ends early; the message is one line for the user. */
final class DemoFailure extends Exception {
    private static final long serialVersionUID = 1L;
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    private final int exitCode;

    DemoFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
