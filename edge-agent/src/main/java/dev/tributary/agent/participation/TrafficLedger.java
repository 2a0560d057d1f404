package dev.tributary.agent.participation;

import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the outbox holds, so that each packet the transport sends can be told by kind: the transport names the topic
 * only, and a device's updates and declines share one. Safe for many threads.
 */
final class TrafficLedger {
    private final List<Entry> entries = new ArrayList<>();

    /** A publication in the outbox, its kind, and its packet's size if its vectors were float32. */
    record Entry(Publication publication, Traffic traffic, int packetBytes, int float32PacketBytes) {}

    /** To be called before the publication is given to the transport. */
    synchronized void add(Publication publication, Traffic traffic, int float32PayloadBytes) {
        int float32PacketBytes = PublishPacket.size(
                publication.topic(),
                float32PayloadBytes,
                publication.qos(),
                publication.expiry().isPresent());
        entries.add(new Entry(publication, traffic, PublishPacket.size(publication), float32PacketBytes));
    }

    /** The oldest publication to this topic whose packet has this size. */
    synchronized Optional<Entry> find(String topic, int packetBytes) {
        return entries.stream()
                .filter(entry -> entry.packetBytes == packetBytes
                        && entry.publication.topic().equals(topic))
                .findFirst();
    }

    /** Whether the publication has not left the outbox. */
    synchronized boolean holds(Publication publication) {
        return entries.stream().anyMatch(entry -> entry.publication.equals(publication));
    }

    /** The publication left the outbox. */
    synchronized void remove(Publication publication) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).publication.equals(publication)) {
                entries.remove(i);
                return;
            }
        }
    }

    /** The outbox is gone. */
    synchronized void clear() {
        entries.clear();
    }
}
