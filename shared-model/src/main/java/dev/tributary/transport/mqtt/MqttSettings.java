package dev.tributary.transport.mqtt;

import dev.tributary.transport.Publication;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a client connects.
 *
 * @param broker {@code tcp://host:port} or {@code ssl://host:port}
 * @param keepAlive whole seconds, 1 s to 18 h
 * @param cleanStart whether the first connection drops the session that the broker may hold; later ones keep theirs
 * @param sessionExpiry how long the broker keeps subscriptions and waiting messages of a client that is away
 * @param receiveMaximum how many messages the broker may have unacknowledged at this client, 1 to 65,535
 * @param will what the broker publishes when the connection ends without a goodbye
 */
public record MqttSettings(
        URI broker,
        String clientId,
        Duration keepAlive,
        boolean cleanStart,
        Duration sessionExpiry,
        int receiveMaximum,
        Optional<Publication> will) {
    private static final Set<String> SCHEMES = Set.of("tcp", "ssl");
    private static final int MAX_UINT16 = 65_535;
    private static final long MAX_UINT32 = 4_294_967_295L;

    public MqttSettings {
        Objects.requireNonNull(will, "will");
        if (broker.getScheme() == null
                || !SCHEMES.contains(broker.getScheme())
                || broker.getHost() == null
                || broker.getPort() < 1
                || (broker.getPath() != null && !broker.getPath().isEmpty())) {
            throw new IllegalArgumentException("broker must be tcp://host:port or ssl://host:port, was " + broker);
        }
        if (clientId.isEmpty()) {
            throw new IllegalArgumentException("clientId must not be empty");
        }
        if (keepAlive.toSeconds() < 1 || keepAlive.toSeconds() > MAX_UINT16) {
            throw new IllegalArgumentException("keepAlive must be in 1 s … 65535 s, was " + keepAlive);
        }
        if (sessionExpiry.isNegative() || sessionExpiry.toSeconds() > MAX_UINT32) {
            throw new IllegalArgumentException("sessionExpiry must be in 0 s … 4294967295 s, was " + sessionExpiry);
        }
        if (receiveMaximum < 1 || receiveMaximum > MAX_UINT16) {
            throw new IllegalArgumentException("receiveMaximum must be in 1 … 65535, was " + receiveMaximum);
        }
    }

    /** Keep-alive 30 s, a session that lasts one day, at most 64 messages unacknowledged, no will. */
    public static MqttSettings of(URI broker, String clientId) {
        return new MqttSettings(
                broker, clientId, Duration.ofSeconds(30), false, Duration.ofDays(1), 64, Optional.empty());
    }

    /** The same with a will. */
    public MqttSettings withWill(Publication newWill) {
        return new MqttSettings(
                broker, clientId, keepAlive, cleanStart, sessionExpiry, receiveMaximum, Optional.of(newWill));
    }

    /** The same, dropping the session that the broker may hold when it first connects. */
    public MqttSettings withCleanStart() {
        return new MqttSettings(broker, clientId, keepAlive, true, sessionExpiry, receiveMaximum, will);
    }

    /** The same with another receive maximum. */
    public MqttSettings withReceiveMaximum(int newMaximum) {
        return new MqttSettings(broker, clientId, keepAlive, cleanStart, sessionExpiry, newMaximum, will);
    }
}
