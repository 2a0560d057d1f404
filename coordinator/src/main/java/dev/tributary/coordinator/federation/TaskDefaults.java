package dev.tributary.coordinator.federation;

import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan.Objective;

/** The plan of a task where the federation's file says nothing. */
record TaskDefaults(
        double learningRate,
        boolean isInverse,
        int localEpochs,
        int batchSize,
        Objective objective,
        double featureClip,
        boolean hasServerMomentum) {
    /** The defaults for this task, the same for any data. */
    static TaskDefaults of(Task task) {
        return task == Task.CLASSIFICATION
                ? new TaskDefaults(0.5, false, 10, 32, Objective.LOG, 3, true)
                : new TaskDefaults(0.02, true, 5, 0, Objective.SQUARED, 20, false);
    }
}
