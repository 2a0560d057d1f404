package dev.tributary.coordinator.engine;

import dev.tributary.transport.Publication;

/** Where publications go. */
public interface Outbox {
    /** Sends it, at least once, in order. */
    void publish(Publication publication);
}
