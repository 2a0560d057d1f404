package dev.tributary.coordinator.admission;

import dev.tributary.protocol.Receipt.Code;

/** What becomes of an update. */
public sealed interface Verdict {
    /** It counts. */
    record Accepted(Contribution contribution) implements Verdict {}

    /** It does not count; {@code code} is anything but ACCEPTED, {@code detail} a sentence for a person. */
    record Rejected(Code code, String detail) implements Verdict {
        public Rejected {
            if (code == Code.ACCEPTED) {
                throw new IllegalArgumentException("code must not be ACCEPTED");
            }
        }
    }
}
