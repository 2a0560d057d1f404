package dev.tributary.coordinator.store;

/** The store cannot be used now; nothing was changed, or nothing is known to have been. */
public class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception that says what cannot be used and why. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** An exception that says what cannot be used and why. */
    public StoreUnavailableException(String message) {
        super(message);
    }
}
