package dev.tributary.coordinator.admission;

import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.RoundAnnouncement;

/**
 * What an update to the open round is held against.
 *
 * @param isPersonal whether devices make personal models and evaluate them too
 */
public record RoundTerms(RoundAnnouncement announcement, ModelSchema schema, boolean isPersonal) {
    /** The terms of a federation without personal models. */
    public RoundTerms(RoundAnnouncement announcement, ModelSchema schema) {
        this(announcement, schema, false);
    }
}
