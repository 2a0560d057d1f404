package dev.tributary.transport;

import dev.tributary.model.Bytes;
import java.time.Duration;
import java.util.Optional;

/**
 * A message to publish.
 *
 * @param qos 0 or 1
 * @param expiry the MQTT message expiry interval, whole seconds ≥ 1; empty for none
 */
public record Publication(String topic, Bytes payload, int qos, boolean retained, Optional<Duration> expiry) {
    public Publication {
        if (qos != 0 && qos != 1) {
            throw new IllegalArgumentException("qos must be 0 or 1, was " + qos);
        }
        if (topic.isEmpty() || topic.indexOf('#') >= 0 || topic.indexOf('+') >= 0) {
            throw new IllegalArgumentException("topic must be a topic name without wildcards, was \"" + topic + "\"");
        }
    }

    /** A QoS 1 message that is not retained and does not expire. */
    public static Publication of(String topic, Bytes payload) {
        return new Publication(topic, payload, 1, false, Optional.empty());
    }

    /** The same, retained. */
    public Publication retain() {
        return new Publication(topic, payload, qos, true, expiry);
    }

    /** The same, expiring after {@code interval} (rounded up to whole seconds). */
    public Publication expiringAfter(Duration interval) {
        return new Publication(topic, payload, qos, retained, Optional.of(interval));
    }
}
