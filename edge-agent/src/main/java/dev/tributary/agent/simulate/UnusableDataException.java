package dev.tributary.agent.simulate;

/** A data folder, or what was asked of it, makes no fleet; the message is one line for its owner. */
public final class UnusableDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for the user. */
    public UnusableDataException(String message) {
        super(message);
    }
}
