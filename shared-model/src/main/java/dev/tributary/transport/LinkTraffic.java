package dev.tributary.transport;

/** An estimate of the bytes that a client had on its link, each way, with every header. */
public record LinkTraffic(long sentBytes, long receivedBytes) {
    /** Nothing yet. */
    public static final LinkTraffic NONE = new LinkTraffic(0, 0);

    public LinkTraffic {
        if (sentBytes < 0 || receivedBytes < 0) {
            throw new IllegalArgumentException(
                    "sentBytes and receivedBytes must be >= 0, were " + sentBytes + " and " + receivedBytes);
        }
    }

    /** Both together. */
    public LinkTraffic plus(LinkTraffic other) {
        return new LinkTraffic(sentBytes + other.sentBytes, receivedBytes + other.receivedBytes);
    }

    /** What came after {@code earlier}, of the same link. */
    public LinkTraffic minus(LinkTraffic earlier) {
        return new LinkTraffic(sentBytes - earlier.sentBytes, receivedBytes - earlier.receivedBytes);
    }

    /** The bytes of both ways. */
    public long bytes() {
        return sentBytes + receivedBytes;
    }
}
