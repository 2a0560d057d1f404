package dev.tributary.transport;

import dev.tributary.model.Bytes;

/** A received message; QoS 1 messages stay the broker's until they are acknowledged. */
public interface Delivery {
    /** The topic that it was published to. */
    String topic();

    /** Its payload. */
    Bytes payload();

    /** Whether it is the topic's retained message, sent because of a subscription. */
    boolean retained();

    /** Tells the broker that it is dealt with; does nothing when its connection is gone. */
    void acknowledge();
}
