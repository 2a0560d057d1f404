package dev.tributary.transport.mqtt;

import java.time.Duration;
import java.util.Optional;

/** When a client takes up the session that the broker keeps for it, and how long the broker is to keep it. */
public sealed interface SessionPolicy {
    /** Session Expiry Interval of the CONNECT packet. */
    Duration expiry();

    /** The same of the DISCONNECT packet: how long the session lasts after a goodbye. */
    Duration expiryAfterGoodbye();

    /**
     * Whether to connect with Clean Start.
     *
     * @param sinceLoss since this process lost its last connection; empty when it had none
     */
    boolean startsClean(Optional<Duration> sinceLoss);

    /** Always takes the session up, the first connection of a process included: nothing that was sent to it is lost. */
    record Persistent(Duration expiry) implements SessionPolicy {
        public Persistent {
            requireInRange("expiry", expiry);
        }

        @Override
        public Duration expiryAfterGoodbye() {
            return expiry;
        }

        @Override
        public boolean startsClean(Optional<Duration> sinceLoss) {
            return false;
        }
    }

    /**
     * Takes the session up only after a loss of at most {@code resumeWithin}; anything longer starts clean, and what the
     * broker held is replaced by what is retained.
     */
    record OverShortLosses(Duration resumeWithin) implements SessionPolicy {
        /** What devices do unless they are told otherwise. */
        public static final OverShortLosses DEFAULT = new OverShortLosses(Duration.ofSeconds(60));

        public OverShortLosses {
            requireInRange("2 × resumeWithin", resumeWithin.multipliedBy(2));
        }

        /** Twice as long as is of use, since the broker notices a loss later or earlier than the client. */
        @Override
        public Duration expiry() {
            return resumeWithin.multipliedBy(2);
        }

        @Override
        public Duration expiryAfterGoodbye() {
            return Duration.ZERO;
        }

        @Override
        public boolean startsClean(Optional<Duration> sinceLoss) {
            return sinceLoss
                    .filter(passed -> passed.compareTo(resumeWithin) <= 0)
                    .isEmpty();
        }
    }

    private static void requireInRange(String field, Duration value) {
        if (value.isNegative() || value.toSeconds() > 4_294_967_295L) {
            throw new IllegalArgumentException(field + " must be in 0 s … 4294967295 s, was " + value);
        }
    }
}
