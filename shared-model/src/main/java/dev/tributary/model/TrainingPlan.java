package dev.tributary.model;

/**
 * How a device trains, apart from the learning rate, which comes with each round.
 *
 * @param localEpochs passes over the device's train part, ≥ 1
 * @param batchSize examples per step, ≥ 1, or 0 for max(32, n/20)
 * @param momentum of {@link LocalOptimizer#MOMENTUM} and {@link LocalOptimizer#NESTEROV}, in [0, 1)
 * @param residualClip standardised regression residuals are clipped at ± this; infinite for none
 * @param minimumExamples a device with fewer train examples declines
 */
public record TrainingPlan(
        int localEpochs,
        int batchSize,
        LocalOptimizer localOptimizer,
        double momentum,
        Objective objective,
        double residualClip,
        int minimumExamples) {
    /** The optimisers that lose nothing when they start anew each round. */
    public enum LocalOptimizer {
        SGD,
        MOMENTUM,
        NESTEROV,
        ADAGRAD
    }

    /** What local training descends: logistic (softmax) or hinge for labels, squared, absolute or Huber for values. */
    public enum Objective {
        LOG(Task.CLASSIFICATION),
        HINGE(Task.CLASSIFICATION),
        SQUARED(Task.REGRESSION),
        ABSOLUTE(Task.REGRESSION),
        HUBER(Task.REGRESSION);

        private final Task task;

        Objective(Task task) {
            this.task = task;
        }

        /** The task that this objective is for. */
        public Task task() {
            return task;
        }
    }

    public TrainingPlan {
        if (localEpochs < 1) {
            throw new IllegalArgumentException("localEpochs must be >= 1, was " + localEpochs);
        }
        if (batchSize < 0) {
            throw new IllegalArgumentException("batchSize must be >= 0, was " + batchSize);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum must be in [0, 1), was " + momentum);
        }
        if (!(residualClip > 0)) {
            throw new IllegalArgumentException("residualClip must be > 0, was " + residualClip);
        }
        if (minimumExamples < 1) {
            throw new IllegalArgumentException("minimumExamples must be >= 1, was " + minimumExamples);
        }
    }

    /** The batch size for {@code exampleCount} examples. */
    public int batchSizeFor(int exampleCount) {
        return batchSize > 0 ? batchSize : Math.max(32, exampleCount / 20);
    }
}
