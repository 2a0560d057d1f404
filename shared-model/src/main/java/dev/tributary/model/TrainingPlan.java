package dev.tributary.model;

import java.util.OptionalDouble;

/**
 * How a device trains, apart from the learning rate, which comes with each round.
 *
 * @param localEpochs passes over the device's train part, ≥ 1
 * @param batchSize examples per step, ≥ 1, or 0 for max(32, n/20)
 * @param momentum of {@link LocalOptimizer#MOMENTUM} and {@link LocalOptimizer#NESTEROV}, in [0, 1)
 * @param residualClip standardised regression residuals are clipped at ± this; infinite for none
 * @param minimumExamples a device with fewer train examples declines
 * @param proximalMu the pull towards the global weights, FedProx's μ, ≥ 0; 0 for none
 * @param personalEpochs passes of a device's fine-tuning of each evaluated version to its own data; 0 for none
 * @param solver how weights are found
 * @param ridge the exact solver's λ, on unnormalised sums, ≥ 0; empty to choose it by cross-validation
 */
public record TrainingPlan(
        int localEpochs,
        int batchSize,
        LocalOptimizer localOptimizer,
        double momentum,
        Objective objective,
        double residualClip,
        int minimumExamples,
        double proximalMu,
        int personalEpochs,
        Solver solver,
        OptionalDouble ridge) {
    /** How a federation finds its weights. */
    public enum Solver {
        /** By rounds of local gradient descent. */
        SGD,
        /** At once: ridge regression from the fleet's sufficient statistics. */
        EXACT
    }

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

    /** Gradient descent without a proximal pull and without personal models. */
    public TrainingPlan(
            int localEpochs,
            int batchSize,
            LocalOptimizer localOptimizer,
            double momentum,
            Objective objective,
            double residualClip,
            int minimumExamples) {
        this(
                localEpochs,
                batchSize,
                localOptimizer,
                momentum,
                objective,
                residualClip,
                minimumExamples,
                0,
                0,
                Solver.SGD,
                OptionalDouble.empty());
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
        if (!(proximalMu >= 0) || Double.isInfinite(proximalMu)) {
            throw new IllegalArgumentException("proximalMu must be finite and >= 0, was " + proximalMu);
        }
        if (personalEpochs < 0) {
            throw new IllegalArgumentException("personalEpochs must be >= 0, was " + personalEpochs);
        }
        if (ridge.isPresent() && !(ridge.getAsDouble() >= 0 && Double.isFinite(ridge.getAsDouble()))) {
            throw new IllegalArgumentException("ridge must be finite and >= 0, was " + ridge.getAsDouble());
        }
        if (solver == Solver.EXACT && objective != Objective.SQUARED) {
            throw new IllegalArgumentException("objective must be SQUARED for the exact solver, was " + objective);
        }
    }

    /** This plan with so many local epochs and this proximal pull: that of a device's fine-tuning. */
    public TrainingPlan fineTuning(int epochs, double pull) {
        return new TrainingPlan(
                epochs,
                batchSize,
                localOptimizer,
                momentum,
                objective,
                residualClip,
                minimumExamples,
                pull,
                personalEpochs,
                solver,
                ridge);
    }

    /** The batch size for {@code exampleCount} examples. */
    public int batchSizeFor(int exampleCount) {
        return batchSize > 0 ? batchSize : Math.max(32, exampleCount / 20);
    }
}
