package dev.tributary.coordinator.store;

/** Another coordinator has the right to write; nothing was written. */
public final class LeaseLostException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    /** An exception that says which store, and who has the right. */
    public LeaseLostException(String message) {
        super(message);
    }
}
