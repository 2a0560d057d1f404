package dev.tributary.transport;

/** What became of a publication. */
public enum PublishOutcome {
    /** The broker has it (PUBACK below 0x80, other than 0x10), or it was sent with QoS 0. */
    DELIVERED,
    /** PUBACK 0x10: the broker had nobody to give it to; it is gone unless it was retained. */
    NO_SUBSCRIBERS,
    /** The broker will not take it: PUBACK 0x80 or above, or it ended the connection over it again and again. */
    REFUSED,
    /** A newer retained publication to the same topic took its place before it was sent. */
    SUPERSEDED,
    /** The outbox was full: it was never sent. */
    DROPPED
}
