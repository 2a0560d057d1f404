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
 * @param session when the client takes up the session that the broker holds for it
 * @param receiveMaximum how many messages the broker may have unacknowledged at this client, 1 to 65,535
 * @param outbox how much the client keeps for a broker that it cannot reach
 * @param will what the broker publishes when the connection ends without a goodbye
 */
public record MqttSettings(
        URI broker,
        String clientId,
        Duration keepAlive,
        SessionPolicy session,
        int receiveMaximum,
        OutboxLimit outbox,
        Optional<Publication> will) {
    private static final Set<String> SCHEMES = Set.of("tcp", "ssl");
    /** Unless it is told otherwise. */
    public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofSeconds(30);

    private static final int MAX_UINT16 = 65_535;

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
        if (receiveMaximum < 1 || receiveMaximum > MAX_UINT16) {
            throw new IllegalArgumentException("receiveMaximum must be in 1 … 65535, was " + receiveMaximum);
        }
    }

    /**
     * A client that must not lose what is sent to it while it is away: keep-alive 30 s, a session that lasts one day, at
     * most 64 messages unacknowledged, the outbox of a coordinator, no will.
     */
    public static MqttSettings of(URI broker, String clientId) {
        return new MqttSettings(
                broker,
                clientId,
                DEFAULT_KEEP_ALIVE,
                new SessionPolicy.Persistent(Duration.ofDays(1)),
                64,
                OutboxLimit.COORDINATOR,
                Optional.empty());
    }

    /** A device, to which only the newest retained messages matter; with its will. */
    public static MqttSettings ofDevice(URI broker, String clientId, Publication will) {
        return new MqttSettings(
                broker,
                clientId,
                DEFAULT_KEEP_ALIVE,
                SessionPolicy.OverShortLosses.DEFAULT,
                64,
                OutboxLimit.DEVICE,
                Optional.of(will));
    }

    boolean isTls() {
        return broker.getScheme().equals("ssl");
    }

    /** The same with a will. */
    public MqttSettings withWill(Publication newWill) {
        return new MqttSettings(broker, clientId, keepAlive, session, receiveMaximum, outbox, Optional.of(newWill));
    }

    /** The same with this keep-alive, if it is the longer one. */
    public MqttSettings withKeepAliveAtLeast(Optional<Duration> least) {
        return least.filter(asked -> asked.compareTo(keepAlive) > 0)
                .map(this::withKeepAlive)
                .orElse(this);
    }

    /** The same with another keep-alive. */
    public MqttSettings withKeepAlive(Duration newKeepAlive) {
        return new MqttSettings(broker, clientId, newKeepAlive, session, receiveMaximum, outbox, will);
    }

    /** The same with another use of the session. */
    public MqttSettings withSession(SessionPolicy newSession) {
        return new MqttSettings(broker, clientId, keepAlive, newSession, receiveMaximum, outbox, will);
    }

    /** The same with another receive maximum. */
    public MqttSettings withReceiveMaximum(int newMaximum) {
        return new MqttSettings(broker, clientId, keepAlive, session, newMaximum, outbox, will);
    }

    /** The same with another limit of the outbox. */
    public MqttSettings withOutbox(OutboxLimit newLimit) {
        return new MqttSettings(broker, clientId, keepAlive, session, receiveMaximum, newLimit, will);
    }
}
