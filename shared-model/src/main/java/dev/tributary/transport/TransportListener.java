package dev.tributary.transport;

/** What a transport tells its user, one call at a time, on its own thread: only enqueue, never work here. */
public interface TransportListener {
    /** How often a message is given to a listener that throws. */
    int MAX_TRIES = 3;

    /**
     * A message came. A listener that throws is given it again a little later, {@link #MAX_TRIES} times in all; then it
     * is acknowledged all the same, because a message that stays unacknowledged keeps the broker from sending more.
     */
    void onMessage(Delivery delivery);

    /** The connection stands and all subscriptions were sent; {@code sessionPresent} is the broker's word. */
    default void onConnected(boolean sessionPresent) {}

    /** The connection is gone, or could not be made; the transport goes on trying. */
    default void onDisconnected(String reason) {}

    /** A publication left the outbox, each exactly once while the process lives. */
    default void onPublished(Publication publication, PublishOutcome outcome) {}

    /** A PUBLISH packet of {@code packetBytes}, fixed header to payload, was sent. */
    default void onPublishSent(String topic, int packetBytes) {}

    /** A PUBLISH packet of {@code packetBytes}, fixed header to payload, was received. */
    default void onPublishReceived(String topic, int packetBytes) {}
}
