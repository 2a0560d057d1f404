package dev.tributary.coordinator.round;

import java.util.List;

/** What an event leads to. */
public record Transition(FederationState state, List<RoundEffect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }
}
