package dev.tributary.chaos.report;

import dev.tributary.chaos.verdict.Findings;
import dev.tributary.chaos.verdict.Metric;
import dev.tributary.chaos.verdict.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a run came to.
 *
 * @param reached the metric of the run with faults
 * @param reference the metric of the run without, at the same version
 */
public record Outcome(
        List<Recovery> recoveries, Findings findings, Optional<Metric> reached, Optional<Metric> reference) {
    public Outcome {
        recoveries = List.copyOf(recoveries);
    }

    /** Whether everything held. */
    public boolean isGood() {
        return violations().isEmpty();
    }

    /** What did not hold, each in one sentence. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>(findings.all());
        for (Recovery recovery : recoveries) {
            if (recovery.after().isEmpty()) {
                violations.add("not survived: " + recovery.fault().kind().words() + ", "
                        + recovery.fault().target() + " (fault "
                        + recovery.fault().number() + ")");
            }
        }
        if (reached.isEmpty() || reference.isEmpty()) {
            violations.add("there is no evaluation by all devices of "
                    + (reached.isEmpty() ? "the run with faults" : "the run without faults"));
        } else if (!reached.get().isAsGoodAs(reference.get())) {
            violations.add(reached.get().name() + " " + reached.get().value() + " is not within 1 % of "
                    + reference.get().value() + ", that of a run without faults");
        }
        return violations;
    }
}
