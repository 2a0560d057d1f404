package dev.tributary.learning;

import dev.tributary.model.Seed;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Weights;

/** Trains on a device's examples, starting from the global weights; the same arguments give the same bits. */
public interface LocalTrainer {
    /** One device's local training for one round. */
    TrainingOutcome train(Weights global, Examples examples, TrainingPlan plan, double learningRate, Seed seed);
}
