package dev.tributary.coordinator.admission;

import dev.tributary.learning.SufficientStatistics;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Moments;
import dev.tributary.model.Vector;
import dev.tributary.update.EncodedVector.Role;
import java.util.Map;

/** What an accepted update holds, decoded and checked. */
public sealed interface Contribution {
    /** A device's moments. */
    record Statistics(Moments moments) implements Contribution {}

    /** A device's delta, with the sums of its training. */
    record Delta(Vector delta, long exampleCount, long correct, double loss) implements Contribution {}

    /** A device's sums for a least-squares fit. */
    record Sums(SufficientStatistics statistics) implements Contribution {}

    /** A device's evaluations by role. */
    record Evaluations(Map<Role, Evaluation> byRole) implements Contribution {
        public Evaluations {
            byRole = Map.copyOf(byRole);
        }
    }
}
