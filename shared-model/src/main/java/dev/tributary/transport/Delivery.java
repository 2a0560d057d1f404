package dev.tributary.transport;

import dev.tributary.model.Bytes;
import java.time.Duration;
import java.util.Optional;

/** A received message; QoS 1 messages stay the broker's until they are acknowledged. */
public interface Delivery {
    /** The topic that it was published to. */
    String topic();

    /** Its payload. */
    Bytes payload();

    /** Whether it is the topic's retained message, sent because of a subscription. */
    boolean retained();

    /** What was left of its expiry interval when the broker sent it; empty when it does not expire. */
    Optional<Duration> expiry();

    /** Tells the broker that it is dealt with; does nothing when its connection is gone. */
    void acknowledge();
}
