package dev.tributary.chaos.proxy;

import java.time.Duration;

/** What the network does to one client for a while. */
public sealed interface Disturbance {
    /** Connections die without a word to either side: what they carried is swallowed, also after the disturbance. */
    record Silence() implements Disturbance {}

    /** Connections are reset, and so is each new one. */
    record Reset() implements Disturbance {}

    /** Nothing passes, but nothing is lost either: packets arrive when the disturbance is over. */
    record Stall() implements Disturbance {}

    /** Each packet takes so much longer. */
    record Delay(Duration by) implements Disturbance {
        public Delay {
            if (by.isNegative()) {
                throw new IllegalArgumentException("by must be >= 0, was " + by);
            }
        }
    }

    /** This share of QoS 1 publications is delivered a second time. */
    record Duplicates(double share) implements Disturbance {
        public Duplicates {
            requireShare(share);
        }
    }

    /** This share of QoS 1 publications is overtaken by the next packet. */
    record Reordering(double share) implements Disturbance {
        public Reordering {
            requireShare(share);
        }
    }

    private static void requireShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in [0, 1], was " + share);
        }
    }
}
