package dev.tributary.transport;

/** One MQTT client; every method returns at once and may be called from any thread. */
public interface Transport extends AutoCloseable {
    /** Starts to connect and keeps connected, with back-off, until {@link #close}; call once. */
    void start(TransportListener listener);

    /** Subscribes with QoS 1, now and after each lost session; retained messages come for a new subscription. */
    void subscribe(String topicFilter);

    /**
     * Ends a subscription, now or with the next connection; what is on its way may still come. Subscribed to again, the
     * topic's retained message comes again.
     */
    void unsubscribe(String topicFilter);

    /**
     * Puts a message into the outbox; it is sent in order, again after a lost connection, until the broker answers. A
     * retained one replaces a retained one to the same topic that waits to be sent.
     */
    void publish(Publication publication);

    /** Whether the connection stands now. */
    boolean isConnected();

    /** The bytes on the link since this transport was made, over all its connections; also after {@link #close}. */
    LinkTraffic traffic();

    /** Sends what the outbox holds for at most two seconds, disconnects, and stops all threads; the will is not sent. */
    @Override
    void close();
}
