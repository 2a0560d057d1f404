package dev.tributary.protocol;

/** Bytes from the network that are not what the wire protocol says; the message names the field and the rule. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with this explanation. */
    public MalformedMessageException(String message) {
        super(message);
    }

    /** An exception with this explanation, because of {@code cause}. */
    public MalformedMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
