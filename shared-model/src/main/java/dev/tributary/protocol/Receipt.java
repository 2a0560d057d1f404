package dev.tributary.protocol;

import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;

/** The coordinator's answer to an update; {@code repeat} when the verdict had been given before. */
public record Receipt(FederationId federation, RoundId round, Code code, String detail, boolean repeat) {
    /** What became of an update; everything but ACCEPTED is a rejection. */
    public enum Code {
        ACCEPTED,
        LATE,
        UNKNOWN_ROUND,
        UNKNOWN_DEVICE,
        NOT_SELECTED,
        WRONG_KIND,
        WRONG_BASE_VERSION,
        WRONG_FINGERPRINT,
        WRONG_SHAPE,
        WRONG_ENCODING,
        NOT_FINITE,
        NORM_TOO_LARGE,
        INVALID_EXAMPLE_COUNT,
        OUTLYING_STATISTICS,
        MALFORMED,
        STALE,
        QUARANTINED
    }
}
