package dev.tributary.agent.sensor;

import java.util.Locale;

/** Why a reading is not used. */
public enum BadReading {
    /** A line is no CSV record of the header's length, or no JSON object. */
    UNREADABLE,
    MISSING_FIELD,
    TEXT_IN_NUMBER,
    NOT_A_NUMBER,
    INFINITE,
    OUT_OF_RANGE,
    UNKNOWN_LABEL,
    /** Its time is before that of the reading before it. */
    CLOCK_WENT_BACK;

    /** The word for it in a meter's tag. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
