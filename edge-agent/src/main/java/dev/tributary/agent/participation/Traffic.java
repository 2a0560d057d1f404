package dev.tributary.agent.participation;

import java.util.Locale;

/** What a PUBLISH packet of a device carries. */
public enum Traffic {
    TRAIN,
    STATISTICS,
    SOLVE,
    EVALUATE,
    DECLINE,
    PRESENCE,
    PREDICTION,
    METRICS,
    SPEC,
    MODEL,
    DELTA,
    ROUND,
    RECEIPT,
    OTHER;

    /** The word for it in a meter's tag. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
