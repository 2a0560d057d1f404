package dev.tributary.transport.mqtt;

/**
 * Watches whether the broker still serves a connection's subscriptions. While the client itself holds a message
 * unacknowledged, silence proves nothing: HiveMQ then sends no more, not even a probe.
 */
final class Vigil {
    private final long patienceNanos;
    /** Written by Paho's thread, so that a listener that takes its time does not look like a dead connection. */
    private volatile long heardNanos;
    /** The transport's thread's. */
    private int unacknowledged;

    Vigil(Liveness liveness) {
        this.patienceNanos = liveness.patience().toNanos();
    }

    void begin(long nowNanos) {
        unacknowledged = 0;
        heardNanos = nowNanos;
    }

    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    void holds() {
        unacknowledged++;
    }

    void acknowledged() {
        unacknowledged--;
    }

    boolean isDead(long nowNanos) {
        if (unacknowledged > 0) {
            heardNanos = nowNanos;
        }
        return nowNanos - heardNanos > patienceNanos;
    }
}
