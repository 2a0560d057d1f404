package dev.tributary.transport.mqtt;

import dev.tributary.transport.Delivery;
import dev.tributary.transport.TransportListener;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Gives a message to the listener, and once more if it throws, and at the last acknowledges what it cannot take: HiveMQ
 * sends a subscriber nothing more while one message of a batch is unacknowledged.
 */
final class Handover {
    private static final System.Logger LOG = System.getLogger(Handover.class.getName());
    private static final Duration RETRY = Duration.ofMillis(200);

    private final String clientId;
    private final EventThread thread;

    Handover(String clientId, EventThread thread) {
        this.clientId = clientId;
        this.thread = thread;
    }

    /** On the transport's thread; gives up when {@code standing} says that the message's connection is gone. */
    void give(Delivery delivery, TransportListener listener, BooleanSupplier standing) {
        give(delivery, listener, standing, 1);
    }

    private void give(Delivery delivery, TransportListener listener, BooleanSupplier standing, int number) {
        if (!standing.getAsBoolean()) {
            return;
        }
        try {
            listener.onMessage(delivery);
        } catch (RuntimeException e) {
            boolean last = number == TransportListener.MAX_TRIES;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the listener of " + clientId + " failed on " + delivery.topic() + ", try " + number
                            + (last ? ", the last" : ""),
                    e);
            if (last) {
                delivery.acknowledge();
            } else {
                thread.later(RETRY.multipliedBy(number), () -> give(delivery, listener, standing, number + 1));
            }
        }
    }
}
