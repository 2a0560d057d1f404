package dev.tributary.update;

/** A selected device's word that it will not contribute to this round, so that the round need not wait for it. */
public record Decline(RoundId round, Reason reason) implements DeviceMessage {
    /** Why a device does not contribute. */
    public enum Reason {
        TOO_FEW_EXAMPLES,
        BUSY,
        HOT,
        ON_BATTERY,
        OVER_BUDGET,
        /** Local training ended in weights that are not finite. */
        DIVERGED,
        /** The device runs an agent that does not know this kind, encoding or schema. */
        UNSUPPORTED,
        /** The device's statistics were rejected for this schema revision. */
        STATISTICS_REJECTED
    }
}
