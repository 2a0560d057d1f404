package dev.tributary.transport.mqtt;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the publication that makes the broker end the connection. All that was in flight at such an end is suspect, and
 * is sent again one at a time; whoever is alone in flight at {@link #STRIKES} such ends in a row has done it. Owned by
 * the transport's thread.
 */
final class Suspects {
    static final int STRIKES = 3;

    private final Set<Outbox.Entry> suspects = new HashSet<>();
    private Optional<Outbox.Entry> alone = Optional.empty();
    private int strikes;

    /** The broker ended the connection for something that it was sent; returns who is found guilty. */
    Optional<Outbox.Entry> connectionEnded(List<Outbox.Entry> inFlight) {
        suspects.addAll(inFlight);
        if (inFlight.size() != 1) {
            return Optional.empty();
        }
        Optional<Outbox.Entry> only = Optional.of(inFlight.get(0));
        strikes = only.equals(alone) ? strikes + 1 : 1;
        alone = only;
        return strikes == STRIKES ? only : Optional.empty();
    }

    /** How many publications may be unanswered now. */
    int window(int usual) {
        return suspects.isEmpty() ? usual : 1;
    }

    /** The entry is dealt with. */
    void removed(Outbox.Entry entry) {
        suspects.remove(entry);
        if (alone.equals(Optional.of(entry))) {
            alone = Optional.empty();
            strikes = 0;
        }
    }
}
