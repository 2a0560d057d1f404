package dev.tributary.coordinator.app;

import dev.tributary.transport.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Acknowledges deliveries in the order in which they came, as MQTT wants it (4.6.0-2), whichever federation is done with
 * its own first. Safe for use by many threads.
 */
final class AcknowledgementOrder {
    private final Deque<Ticket> open = new ArrayDeque<>();

    private static final class Ticket {
        final Delivery delivery;
        boolean done;

        Ticket(Delivery delivery) {
            this.delivery = delivery;
        }
    }

    /** Takes a delivery in; the answer is to be run, from any thread, when it is dealt with. */
    synchronized Runnable add(Delivery delivery) {
        Ticket ticket = new Ticket(delivery);
        open.add(ticket);
        return () -> done(ticket);
    }

    private synchronized void done(Ticket ticket) {
        ticket.done = true;
        while (!open.isEmpty() && open.element().done) {
            open.remove().delivery.acknowledge();
        }
    }
}
