package dev.tributary.chaos.stage;

/** A process did what nobody asked of it, or not what was asked; the message is one line for the user. */
public final class StageFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure with this explanation. */
    public StageFailure(String message) {
        super(message);
    }
}
