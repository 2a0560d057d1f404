package dev.tributary.chaos.proxy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A publication that goes out a second time once its receiver has acknowledged the first. One thread sends, another hears
 * the acknowledgements.
 */
final class Repetition {
    private static final long PATIENCE_MILLIS = 1_000;

    private final AtomicReference<Wait> waiting = new AtomicReference<>();

    private record Wait(int packetId, CountDownLatch acknowledged) {}

    /** The next acknowledgement of this packet is kept back; to be said before it is sent. */
    void expect(int packetId) {
        waiting.set(new Wait(packetId, new CountDownLatch(1)));
    }

    /** Waits for the acknowledgement and says whether it was kept back; after a while the wait is given up. */
    boolean await() throws InterruptedException {
        Wait wait = waiting.get();
        if (wait == null || wait.acknowledged().await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            return true;
        }
        return !waiting.compareAndSet(wait, null);
    }

    /** Whether this acknowledgement is kept back. */
    boolean keepsBack(Packet puback) {
        Wait wait = waiting.get();
        if (wait == null || wait.packetId() != puback.packetId() || !puback.isPositivePuback()) {
            return false;
        }
        boolean claimed = waiting.compareAndSet(wait, null);
        wait.acknowledged().countDown();
        return claimed;
    }
}
