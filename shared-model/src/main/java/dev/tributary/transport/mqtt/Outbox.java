package dev.tributary.transport.mqtt;

import dev.tributary.transport.Publication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The publications that the broker has not answered yet, in order; owned by the transport's thread. */
final class Outbox {
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Set<Entry> inFlight = new LinkedHashSet<>();

    /** One publication; two equal ones are two entries. */
    static final class Entry {
        private final Publication publication;
        private final long putNanos;

        private Entry(Publication publication, long putNanos) {
            this.publication = publication;
            this.putNanos = putNanos;
        }

        Publication publication() {
            return publication;
        }

        /** What is left of its expiry, at least one second: the broker is to see it, and to judge. */
        Optional<Long> expirySeconds(long nowNanos) {
            return publication.expiry().map(expiry -> {
                Duration left = expiry.minusNanos(nowNanos - putNanos);
                return Math.max(1L, left.plusMillis(999).toSeconds());
            });
        }
    }

    void put(Publication publication, long nowNanos) {
        waiting.add(new Entry(publication, nowNanos));
    }

    /** Moves the next entry into flight, if any waits and fewer than {@code window} are there. */
    Optional<Entry> send(int window) {
        if (waiting.isEmpty() || inFlight.size() >= window) {
            return Optional.empty();
        }
        Entry entry = waiting.remove();
        inFlight.add(entry);
        return Optional.of(entry);
    }

    /** Takes an entry back that could not be sent now; it is the next again. */
    void takeBack(Entry entry) {
        inFlight.remove(entry);
        waiting.addFirst(entry);
    }

    /** All that was in flight is to be sent again, before the rest. */
    void takeAllBack() {
        List<Entry> sent = new ArrayList<>(inFlight);
        inFlight.clear();
        for (int i = sent.size() - 1; i >= 0; i--) {
            waiting.addFirst(sent.get(i));
        }
    }

    /** Removes an answered entry, in flight or taken back meanwhile; false when it was removed before. */
    boolean remove(Entry entry) {
        return inFlight.remove(entry) || waiting.remove(entry);
    }

    boolean isEmpty() {
        return waiting.isEmpty() && inFlight.isEmpty();
    }
}
