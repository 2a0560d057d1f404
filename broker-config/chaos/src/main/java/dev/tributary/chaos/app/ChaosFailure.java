package dev.tributary.chaos.app;

/** An expected reason why the run ends early; the message is one line for the user. */
final class ChaosFailure extends Exception {
    private static final long serialVersionUID = 1L;
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    private final int exitCode;

    ChaosFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
