package dev.tributary.coordinator.store;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.RoundAnnouncement;

/**
 * An accepted update of an asynchronous federation that waits for the next version.
 *
 * @param announcement that it answers
 * @param payload as it came
 */
public record BufferedUpdate(RoundAnnouncement announcement, Participation participation, Bytes payload) {}
