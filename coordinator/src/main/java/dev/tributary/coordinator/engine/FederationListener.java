package dev.tributary.coordinator.engine;

/** Watches federations; called on their threads, so it must be quick and safe for use by many threads. */
public interface FederationListener {
    /** Something happened. */
    void on(FederationEvent event);
}
