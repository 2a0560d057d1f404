package dev.tributary.coordinator.federation;

import dev.tributary.config.Section;
import dev.tributary.coordinator.federation.StoppingCriterion.AnyOf;
import dev.tributary.coordinator.federation.StoppingCriterion.ByteBudget;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.federation.StoppingCriterion.Patience;
import dev.tributary.coordinator.federation.StoppingCriterion.RoundBudget;
import dev.tributary.coordinator.federation.StoppingCriterion.Target;
import dev.tributary.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads when a federation has learned enough. */
final class StopSection {
    private static final int MAX_ROUNDS = 1_000_000;

    private final Section stop;
    private final Task task;
    private final int outputs;

    StopSection(Section stop, Task task, int outputs) {
        this.stop = stop;
        this.task = task;
        this.outputs = outputs;
    }

    /** What the section says; patience where it says nothing, and never more than the maximum of rounds. */
    StoppingCriterion read() {
        int patience = (int) stop.integer("patience", 5, 1, MAX_ROUNDS);
        double tolerance = stop.number("tolerance", 0.002, 0, 1e9);
        int maximumRounds = (int) stop.integer("maximumRounds", 200, 1, MAX_ROUNDS);
        int trainRounds = (int) stop.integer("trainRounds", 1, 1, MAX_ROUNDS);
        long maximumBytes = stop.integer("maximumBytes", 1, 1, Long.MAX_VALUE);
        List<StoppingCriterion> criteria = new ArrayList<>();
        readTarget().ifPresent(criteria::add);
        boolean isPatient = stop.has("patience") || stop.has("tolerance");
        boolean isOtherwiseSaid = stop.has("target") || stop.has("maximumBytes");
        if (stop.has("trainRounds")) {
            refuseBesideTrainRounds();
            criteria.add(new FixedTrainRounds(trainRounds));
        } else if (isPatient || !isOtherwiseSaid) {
            criteria.add(new Patience(patience, tolerance, maximumRounds));
        } else {
            criteria.add(new RoundBudget(maximumRounds));
        }
        if (stop.has("maximumBytes")) {
            criteria.add(new ByteBudget(maximumBytes));
        }
        return criteria.size() == 1 ? criteria.get(0) : new AnyOf(criteria);
    }

    private void refuseBesideTrainRounds() {
        for (String other : new String[] {"patience", "tolerance", "maximumRounds"}) {
            if (stop.has(other)) {
                stop.problem(
                        other,
                        "must not be there beside trainRounds, which says how many rounds there are; beside it may be"
                                + " target and maximumBytes");
            }
        }
    }

    private Optional<Target> readTarget() {
        if (!stop.has("target")) {
            return Optional.empty();
        }
        double value = stop.number("target", 1, -Double.MAX_VALUE, Double.MAX_VALUE);
        if (task == Task.REGRESSION && outputs > 1) {
            stop.problem("target", "must not be there with " + outputs + " outputs, whose errors have different units");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Target(task == Task.CLASSIFICATION ? Target.Metric.ACCURACY : Target.Metric.RMSE, value));
        } catch (IllegalArgumentException e) {
            stop.problem("target", String.valueOf(e.getMessage()).replaceFirst("^target ", ""));
            return Optional.empty();
        }
    }
}
