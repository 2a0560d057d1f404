package dev.tributary.coordinator.registry;

import java.time.Instant;

/** A person's decision that a device takes no part, from when, and why; the reason may be empty. */
public record Quarantine(Instant since, String reason) {}
