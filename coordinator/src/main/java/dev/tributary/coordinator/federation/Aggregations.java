package dev.tributary.coordinator.federation;

import dev.tributary.config.Section;
import dev.tributary.coordinator.aggregation.CoordinateMedian;
import dev.tributary.coordinator.aggregation.MultiKrum;
import dev.tributary.coordinator.aggregation.NormZeroing;
import dev.tributary.coordinator.aggregation.RobustRule;
import dev.tributary.coordinator.aggregation.TrimmedMean;
import java.util.Optional;

/** Reads which aggregation a plan wants, and refuses one that its rounds cannot feed. */
final class Aggregations {
    private static final int MAX_BYZANTINE = 100_000;
    private static final int MAX_EXAMPLES = 10_000_000;

    private final Section plan;
    private final Kind kind;
    private final Aggregation aggregation;

    /** The aggregations, by the names that a plan uses. */
    private enum Kind {
        FEDAVG("fedavg"),
        MEDIAN("median"),
        TRIMMED_MEAN("trimmedMean"),
        MULTI_KRUM("multiKrum"),
        ZEROING("zeroing");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        Optional<RobustRule> rule(int byzantine) {
            return switch (this) {
                case FEDAVG -> Optional.empty();
                case MEDIAN -> Optional.of(new CoordinateMedian(byzantine));
                case TRIMMED_MEAN -> Optional.of(new TrimmedMean(byzantine));
                case MULTI_KRUM -> Optional.of(new MultiKrum(byzantine));
                case ZEROING -> Optional.of(new NormZeroing(byzantine));
            };
        }
    }

    private Aggregations(Section plan, Kind kind, Aggregation aggregation) {
        this.plan = plan;
        this.kind = kind;
        this.aggregation = aggregation;
    }

    static Aggregations read(Section plan) {
        Kind kind = plan.choice("aggregation", Kind.class, Kind.FEDAVG);
        boolean isRobust = kind != Kind.FEDAVG;
        boolean isFedAvg = plan.text("aggregation", Kind.FEDAVG.word).equals(Kind.FEDAVG.word);
        int byzantine = (int) plan.integer("byzantine", 1, 1, MAX_BYZANTINE);
        if (isRobust && !plan.has("byzantine")) {
            plan.problem(
                    "byzantine",
                    "is missing: with aggregation " + kind.word + " say how many devices may be Byzantine, at least 1");
        } else if (isFedAvg && plan.has("byzantine")) {
            plan.problem(
                    "byzantine",
                    "must not be there with aggregation fedavg, which withstands none; use median, trimmedMean,"
                            + " multiKrum or zeroing");
        }
        boolean isUncapped = plan.text("exampleCap", "").equals("none");
        long cap = isUncapped ? Long.MAX_VALUE : plan.integer("exampleCap", 1, 1, MAX_EXAMPLES);
        if (plan.has("exampleCap") && (kind == Kind.MEDIAN || kind == Kind.TRIMMED_MEAN)) {
            plan.problem(
                    "exampleCap",
                    "must not be there with aggregation " + kind.word + ", for which all devices count the same");
        }
        boolean isExact = plan.text("solver", "").equals("exact");
        for (String key : new String[] {"aggregation", "byzantine", "exampleCap"}) {
            if (isExact && plan.has(key)) {
                plan.problem(key, "must not be there with solver exact, which adds sums up and compares no devices");
            }
        }
        return new Aggregations(plan, kind, new Aggregation(kind.rule(byzantine), cap));
    }

    /** How many contributors a round must have. */
    int neededContributors() {
        return aggregation.neededContributors();
    }

    /** The aggregation in these rounds, which are empty when they have mistakes that are said elsewhere. */
    Aggregation in(Optional<RoundPlan> rounds) {
        boolean isAsynchronous = rounds.filter(RoundPlan::isAsynchronous).isPresent();
        boolean isRobust = kind != Kind.FEDAVG;
        if (isAsynchronous && isRobust) {
            plan.problem(
                    "aggregation",
                    "must be fedavg in asynchronous mode, was " + kind.word
                            + ": updates from different versions cannot be compared with each other");
        } else if (isAsynchronous && plan.has("exampleCap")) {
            plan.problem("exampleCap", "must not be there in asynchronous mode, where all updates count the same");
        }
        rounds.filter(known -> plan.has("byzantine") && !known.isAsynchronous())
                .filter(known -> known.minimum() < neededContributors())
                .ifPresent(known -> plan.problem(
                        "byzantine",
                        "needs at least " + neededContributors() + " contributors to a round with aggregation "
                                + kind.word + " (2 x byzantine + " + (kind == Kind.MULTI_KRUM ? 3 : 1)
                                + "), but the minimum is " + known.minimum()));
        return aggregation;
    }
}
