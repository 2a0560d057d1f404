package dev.tributary.transport;

import dev.tributary.model.Bytes;
import java.nio.charset.StandardCharsets;

/** Text as a payload, and back. */
final class Payloads {
    private Payloads() {}

    static Bytes of(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Delivery delivery) {
        return new String(delivery.payload().toArray(), StandardCharsets.UTF_8);
    }
}
