package dev.tributary.coordinator.admission;

import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.RoundAnnouncement;

/** What an update to the open round is held against. */
public record RoundTerms(RoundAnnouncement announcement, ModelSchema schema) {}
