package dev.tributary.transport;

/** What the broker said of a publication. */
public enum PublishOutcome {
    /** The broker has it (PUBACK below 0x80, other than 0x10), or it was sent with QoS 0. */
    DELIVERED,
    /** PUBACK 0x10: the broker had nobody to give it to; it is gone unless it was retained. */
    NO_SUBSCRIBERS,
    /** PUBACK 0x80 or above: not authorised, too large, quota. It is not sent again. */
    REFUSED
}
