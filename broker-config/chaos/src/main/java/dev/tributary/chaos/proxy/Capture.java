package dev.tributary.chaos.proxy;

import dev.tributary.model.Bytes;

/** Hears of every PUBLISH that the proxy is about to forward; safe for many threads, and quick. */
public interface Capture {
    /**
     * A publication on its way.
     *
     * @param toBroker from the client to the broker, or the other way
     * @param repeated whether the proxy delivers it a second time by itself
     */
    record Passage(boolean toBroker, String client, String topic, boolean repeated, Bytes payload) {}

    /** Takes note of it. */
    void passes(Passage passage);
}
