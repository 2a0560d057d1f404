package dev.tributary.coordinator.federation;

import dev.tributary.config.Section;
import dev.tributary.model.TrainingPlan.Solver;
import dev.tributary.protocol.Encoding;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what devices may send and receive, and refuses what no plan can keep. */
final class BudgetSection {
    private static final long MOST_BYTES = 1_000_000_000_000L;
    private static final int MOST_ROUNDS = 86_400;

    private final Section budget;
    private final Section plan;
    private final Section rounds;

    BudgetSection(Section budget, Section plan, Section rounds) {
        this.budget = budget;
        this.plan = plan;
        this.rounds = rounds;
    }

    /** What else the federation's file says, in so far as a plan depends on it. */
    record Wanted(
            long weights, int outputs, Solver solver, RoundPlan rounds, Encoding encoding, Encoding modelEncoding) {}

    /** The budget and its plan; empty when none is set, or when something is wrong with it, which the section then knows. */
    Optional<Budget> read(Optional<Wanted> known) {
        if (!budget.has("bytesPerDeviceDay") && !budget.has("roundsPerDay")) {
            return Optional.empty();
        }
        long bytes = budget.integer("bytesPerDeviceDay", 1, MOST_BYTES);
        int roundsPerDay = (int) budget.integer("roundsPerDay", 1, MOST_ROUNDS);
        if (known.isEmpty() || bytes < 1 || roundsPerDay < 1) {
            return Optional.empty();
        }
        Wanted wanted = known.get();
        if (wanted.solver() == Solver.EXACT || wanted.rounds().isAsynchronous()) {
            budget.problem(
                    "roundsPerDay",
                    "must not be there "
                            + (wanted.solver() == Solver.EXACT
                                    ? "with solver exact, which takes one round"
                                    : "in asynchronous mode, where versions come as devices answer"));
            return Optional.empty();
        }
        BytePlanner planner = new BytePlanner(
                wanted.weights(),
                wanted.outputs(),
                roundsPerDay,
                share(wanted.rounds()),
                wanted.encoding(),
                wanted.modelEncoding(),
                wanted.rounds().evaluateEvery(),
                !plan.has("encoding"),
                !rounds.has("evaluateEvery"));
        Optional<BytePlan> kept = planner.within(bytes);
        if (kept.isEmpty()) {
            budget.problem(
                    "bytesPerDeviceDay",
                    "must be at least " + planner.least() + " for " + roundsPerDay + " rounds a day, was " + bytes
                            + "; the least: "
                            + planner.ladder().get(planner.ladder().size() - 1));
        }
        return kept.map(one -> new Budget(bytes, roundsPerDay, one));
    }

    /** How many of the rounds call a device, if as many are online as must be to begin. */
    private static double share(RoundPlan rounds) {
        OptionalInt goal = rounds.goal();
        return goal.isPresent()
                ? Math.min(1, goal.getAsInt() * rounds.overSelection() / Math.max(rounds.startWhen(), goal.getAsInt()))
                : 1;
    }
}
