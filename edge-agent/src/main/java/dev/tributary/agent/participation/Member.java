package dev.tributary.agent.participation;

import dev.tributary.agent.examples.ExampleSource;
import dev.tributary.protocol.Presence;
import dev.tributary.update.FederationId;

/** A device's membership in one federation: what it does there, and with which examples. */
public record Member(FederationId federation, Presence.Role role, ExampleSource examples) {}
