package dev.tributary.transport.mqtt;

import dev.tributary.transport.LinkTraffic;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a client's connections carry: the socket's streams, and an estimate of what lies under them. */
final class LinkMeter {
    /** IP and TCP headers with timestamps, of a segment as of a bare acknowledgement. */
    private static final long HEADERS = 52;
    /** What a segment holds at most, on Ethernet. */
    private static final int SEGMENT_BYTES = 1_448;
    /** SYN and FIN, each with its answer. */
    private static final long TCP_HANDSHAKES = 4 * HEADERS;
    /** Record header, content type and tag of TLS 1.3. */
    private static final long TLS_RECORD = 22;
    /** Certificates of both sides. */
    private static final long TLS_HANDSHAKE_SENT = 2_000;

    private static final long TLS_HANDSHAKE_RECEIVED = 3_000;

    private final boolean isEncrypted;
    private final LongAdder connections = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder sentSegments = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder receivedSegments = new LongAdder();

    LinkMeter(boolean isEncrypted) {
        this.isEncrypted = isEncrypted;
    }

    void connecting() {
        connections.increment();
    }

    /** A write of so many bytes. */
    void sent(int bytes) {
        sentBytes.add(bytes);
        sentSegments.add(segments(bytes));
    }

    /** A read that gave so many bytes. */
    void received(int bytes) {
        receivedBytes.add(bytes);
        receivedSegments.add(segments(bytes));
    }

    private static int segments(int bytes) {
        return (bytes + SEGMENT_BYTES - 1) / SEGMENT_BYTES;
    }

    /** Every segment is acknowledged by one of its own, at the most. */
    LinkTraffic traffic() {
        long segment = HEADERS + (isEncrypted ? TLS_RECORD : 0);
        long sent = sentSegments.sum();
        long received = receivedSegments.sum();
        return new LinkTraffic(
                sentBytes.sum()
                        + sent * segment
                        + received * HEADERS
                        + connections.sum() * (TCP_HANDSHAKES + (isEncrypted ? TLS_HANDSHAKE_SENT : 0)),
                receivedBytes.sum()
                        + received * segment
                        + sent * HEADERS
                        + connections.sum() * (TCP_HANDSHAKES + (isEncrypted ? TLS_HANDSHAKE_RECEIVED : 0)));
    }
}
