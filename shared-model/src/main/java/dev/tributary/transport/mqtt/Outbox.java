package dev.tributary.transport.mqtt;

import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishPacket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The publications that the broker has not answered yet, in order and within a limit; owned by the transport's thread.
 *
 * <p>A retained publication replaces the one to the same topic that waits, for nobody would see that any more, and
 * always finds room. Of the rest the newest is left out when the limit is reached: the older one was promised first.
 */
final class Outbox {
    private final OutboxLimit limit;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Set<Entry> inFlight = new LinkedHashSet<>();
    private int counted;
    private long countedBytes;

    Outbox(OutboxLimit limit) {
        this.limit = limit;
    }

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

        private boolean isReplacedBy(Publication newer) {
            return publication.retained()
                    && newer.retained()
                    && publication.topic().equals(newer.topic());
        }
    }

    /** What {@link #put} did. */
    sealed interface Put {
        /** It waits to be sent. */
        record Taken() implements Put {}

        /** It waits to be sent, and these do not any more. */
        record Replaced(List<Entry> superseded) implements Put {}

        /** There was no room. */
        record Full() implements Put {}
    }

    Put put(Publication publication, long nowNanos) {
        if (publication.retained()) {
            List<Entry> superseded = waiting.stream()
                    .filter(entry -> entry.isReplacedBy(publication))
                    .toList();
            waiting.removeAll(superseded);
            waiting.add(new Entry(publication, nowNanos));
            return superseded.isEmpty() ? new Put.Taken() : new Put.Replaced(superseded);
        }
        int bytes = PublishPacket.size(publication);
        if (counted >= limit.maxPublications() || bytes > limit.maxBytes() - countedBytes) {
            return new Put.Full();
        }
        counted++;
        countedBytes += bytes;
        waiting.add(new Entry(publication, nowNanos));
        return new Put.Taken();
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

    /** What was sent and is not answered, the oldest first. */
    List<Entry> inFlight() {
        return List.copyOf(inFlight);
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
        boolean removed = inFlight.remove(entry) || waiting.remove(entry);
        if (removed && !entry.publication().retained()) {
            counted--;
            countedBytes -= PublishPacket.size(entry.publication());
        }
        return removed;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && inFlight.isEmpty();
    }
}
