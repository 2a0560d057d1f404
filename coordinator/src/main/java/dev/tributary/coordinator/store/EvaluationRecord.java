package dev.tributary.coordinator.store;

import dev.tributary.model.Evaluation;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the fleet's evaluation of one version came to, by role. */
public record EvaluationRecord(
        FederationId federation, long version, int trainRound, Map<Role, Evaluation> byRole, Instant evaluatedAt) {
    public EvaluationRecord {
        byRole = Map.copyOf(byRole);
    }

    /** The evaluation in this role, if any device sent it. */
    public Optional<Evaluation> of(Role role) {
        return Optional.ofNullable(byRole.get(role));
    }
}
