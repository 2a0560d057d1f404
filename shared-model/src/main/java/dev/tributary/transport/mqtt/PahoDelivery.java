package dev.tributary.transport.mqtt;

import dev.tributary.model.Bytes;
import dev.tributary.transport.Delivery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A message from Paho; it is acknowledged once, however often it is asked to be. */
record PahoDelivery(
        String topic,
        Bytes payload,
        boolean retained,
        Optional<Duration> expiry,
        Runnable acknowledgement,
        AtomicBoolean acknowledged)
        implements Delivery {
    @Override
    public void acknowledge() {
        if (!acknowledged.getAndSet(true)) {
            acknowledgement.run();
        }
    }
}
