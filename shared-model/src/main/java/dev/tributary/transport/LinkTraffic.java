package dev.tributary.transport;

/**
 * What a client's link carried: packets of every kind and what lies under them, as an estimate.
 *
 * @param sentBytes by the client, ≥ 0
 * @param receivedBytes by the client, ≥ 0
 */
public record LinkTraffic(long sentBytes, long receivedBytes) {
    /** Nothing at all. */
    public static final LinkTraffic NONE = new LinkTraffic(0, 0);

    /** Both together. */
    public LinkTraffic plus(LinkTraffic other) {
        return new LinkTraffic(sentBytes + other.sentBytes, receivedBytes + other.receivedBytes);
    }

    /** What came after {@code earlier}. */
    public LinkTraffic minus(LinkTraffic earlier) {
        return new LinkTraffic(sentBytes - earlier.sentBytes, receivedBytes - earlier.receivedBytes);
    }

    /** Both ways. */
    public long totalBytes() {
        return sentBytes + receivedBytes;
    }
}
