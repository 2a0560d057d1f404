package dev.tributary.agent.simulate;

import dev.tributary.learning.Examples;
import dev.tributary.learning.LocalTrainer;
import dev.tributary.learning.TrainingOutcome;
import dev.tributary.model.Seed;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;

/** Gives another delta than the one that an honest trainer found; as safe for use by many threads as that one. */
record ByzantineTrainer(LocalTrainer honest, ByzantineDevices plan) implements LocalTrainer {
    @Override
    public TrainingOutcome train(
            Weights global, Examples examples, TrainingPlan training, double learningRate, Seed seed) {
        return switch (plan.attack()) {
            case SIGN_FLIP -> scaled(honest.train(global, examples, training, learningRate, seed), -plan.strength());
            case WITHIN_NORM -> scaled(honest.train(global, examples, training, learningRate, seed), -1);
            case NOISE -> new TrainingOutcome.Trained(noise(global.values().length(), seed), examples.count(), 0, 0);
            case LABELS, NONE -> honest.train(global, examples, training, learningRate, seed);
        };
    }

    private static TrainingOutcome scaled(TrainingOutcome outcome, double factor) {
        return outcome instanceof TrainingOutcome.Trained trained
                ? new TrainingOutcome.Trained(
                        scaled(trained.delta(), factor), trained.exampleCount(), trained.correct(), trained.loss())
                : outcome;
    }

    private static Vector scaled(Vector vector, double factor) {
        double[] values = vector.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Vector.of(values);
    }

    private Vector noise(int length, Seed seed) {
        Dice dice = new Dice(seed.value());
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = dice.normal(1);
        }
        Vector noise = Vector.of(values);
        return scaled(noise, plan.strength() / noise.norm());
    }
}
