package dev.tributary.transport.mqtt;

/**
 * How much a client keeps for a broker that it cannot reach, or that does not answer; retained publications do not
 * count, since each topic has at most one that waits.
 */
public record OutboxLimit(int maxPublications, long maxBytes) {
    /** A device's: what it must not lose it keeps on its disk. */
    public static final OutboxLimit DEVICE = new OutboxLimit(1_000, 16L << 20);

    /** A coordinator's: the receipts of a round of the largest fleet. */
    public static final OutboxLimit COORDINATOR = new OutboxLimit(100_000, 64L << 20);

    public OutboxLimit {
        if (maxPublications < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "maxPublications and maxBytes must be >= 1, were " + maxPublications + " and " + maxBytes);
        }
    }
}
