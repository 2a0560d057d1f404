package dev.tributary.coordinator.store.jdbc;

/** A row holds what no version known to this program wrote. */
final class UnreadableRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableRowException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
