package dev.tributary.agent.participation;

import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a device wants to hear of its federation's model now: the one place that decides it.
 *
 * @param isHeard whether it wants to hear of it at all; with a byte budget not always
 * @param followsSteps whether the federation publishes versions as steps that this device can decode
 * @param hasBase whether there is a version in hand that the next step could lead on from
 * @param isBehind whether there is a newer one that no step leads to from there
 */
record ModelWish(boolean isHeard, boolean followsSteps, boolean hasBase, boolean isBehind) {
    /** Whether it wants full models: always where there are no steps, else only while its base is missing. */
    boolean wantsModel() {
        return isHeard && (!followsSteps || !hasBase || isBehind);
    }

    /** The topics to be subscribed to. */
    Set<String> topics(FederationId federation) {
        Set<String> topics = new LinkedHashSet<>();
        if (isHeard && followsSteps) {
            topics.add(Topics.modelDelta(federation));
        }
        if (wantsModel()) {
            topics.add(Topics.model(federation));
        }
        return topics;
    }
}
