package dev.tributary.transport.mqtt;

import java.util.Set;

/**
 * Why a connection could not be made, or is gone.
 *
 * @param code of the broker's DISCONNECT; 0 when there was none
 */
record Ending(String reason, int code) {
    /** Reasons that say something of the broker, or of the client as a whole, and nothing of what was published. */
    private static final Set<Integer> WITHOUT_BLAME =
            Set.of(0x89, 0x8B, 0x8D, 0x8E, 0x93, 0x96, 0x98, 0x9C, 0x9D, 0x9F, 0xA0);

    private static final int FIRST_ERROR = 0x80;

    /** An end that the broker did not announce. */
    static Ending silent(String reason) {
        return new Ending(reason, 0);
    }

    boolean takenOver() {
        return code == Reasons.SESSION_TAKEN_OVER;
    }

    /** Whether something that was published may be the cause. */
    boolean blamesAPublication() {
        return code >= FIRST_ERROR && !WITHOUT_BLAME.contains(code);
    }
}
