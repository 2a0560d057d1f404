package dev.tributary.transport.mqtt;

import java.time.Duration;
import java.util.Optional;

/** Decides when a client connects again, and whether with its session; owned by the transport's thread. */
final class Reconnection {
    private static final System.Logger LOG = System.getLogger(Reconnection.class.getName());
    /** A connection that held as long was a good one: the next failure is the first. */
    private static final Duration LASTING = Duration.ofSeconds(5);
    /** The same for a client that others throw out: both wait at most a minute between two tries. */
    private static final Duration UNDISPUTED = Duration.ofMinutes(5);

    private final String clientId;
    private final SessionPolicy session;
    private final Backoff backoff;
    private Optional<Long> lostNanos = Optional.empty();
    private long openedNanos;
    private boolean disputed;
    private boolean distrusted;

    Reconnection(String clientId, SessionPolicy session, Backoff backoff) {
        this.clientId = clientId;
        this.session = session;
        this.backoff = backoff;
    }

    /** Whether the connection that begins now starts clean. */
    boolean startsClean(long nowNanos) {
        return distrusted || session.startsClean(lostNanos.map(lost -> Duration.ofNanos(nowNanos - lost)));
    }

    /**
     * The session delivered nothing any more, though its connection stood: a broker that was killed may keep it so for ever
     * (docs/decisions/0015), so that the next connection starts clean.
     */
    void distrustSession() {
        distrusted = true;
    }

    void opened(long nowNanos) {
        distrusted = false;
        openedNanos = nowNanos;
    }

    /** A connection that stood is gone. */
    void lost(long nowNanos) {
        lostNanos = Optional.of(nowNanos);
        Duration held = Duration.ofNanos(nowNanos - openedNanos);
        if (held.compareTo(LASTING) > 0) {
            backoff.reset();
        }
        if (held.compareTo(UNDISPUTED) > 0) {
            disputed = false;
            backoff.resetTakeovers();
        }
    }

    /** How long to wait after this end, or failed try. */
    Duration waitAfter(Ending ending) {
        if (!ending.takenOver()) {
            return backoff.next();
        }
        if (!disputed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "another client uses the id {0} (reason 142): only one of the two can be connected, and this one tries"
                            + " again ever more rarely; give each its own id",
                    clientId);
        }
        disputed = true;
        return backoff.afterTakeover();
    }
}
