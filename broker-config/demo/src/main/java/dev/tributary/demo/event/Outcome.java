package dev.tributary.demo.event;

import java.util.List;
import java.util.Optional;

/**
 * A federation's result as its coordinator tells it.
 *
 * @param own on the test rows of the devices that train
 * @param onNew on all rows of devices that contributed nothing
 * @param personal of the models that devices chose for themselves, on their own test rows
 * @param localOnly each device's own model on its own test rows
 * @param baseline the majority label, or the mean
 * @param seconds from the first announcement to the last committed metric
 */
public record Outcome(
        String federation,
        String task,
        boolean converged,
        String reason,
        long trainRounds,
        long modelVersion,
        long devices,
        long features,
        List<String> outputs,
        Optional<Scores> own,
        Optional<Scores> onNew,
        Optional<Scores> personal,
        Optional<Scores> localOnly,
        Optional<Scores> baseline,
        double seconds,
        String weightsSha256) {
    public Outcome {
        outputs = List.copyOf(outputs);
    }

    /** Whether labels are predicted, not values. */
    public boolean isClassification() {
        return task.equalsIgnoreCase("classification");
    }
}
