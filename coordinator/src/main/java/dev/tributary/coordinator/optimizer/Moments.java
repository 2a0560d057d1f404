package dev.tributary.coordinator.optimizer;

import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.Arrays;
import java.util.List;

/**
 * What the adaptive optimisers of Reddi et al. (2021) share: {@code m ← β1·m + (1−β1)Δ̄; x ← x + η·m/(√v + τ)}, with
 * {@code m₀ = 0}, {@code v₀ = τ²} and no bias correction; they differ in how v goes on.
 */
final class Moments {
    /** β1. */
    static final double FIRST_DECAY = 0.9;

    /** β2. */
    static final double SECOND_DECAY = 0.99;

    /** τ. */
    static final double ADAPTIVITY = 1e-3;

    private Moments() {}

    /** How the second moment goes on. */
    interface Second {
        /** The next v, from v and the square of the mean delta. */
        double next(double v, double square);
    }

    static OptimizerState initial(String optimizer, int length) {
        double[] v = new double[length];
        Arrays.fill(v, ADAPTIVITY * ADAPTIVITY);
        return new OptimizerState(optimizer, 0, List.of(Vector.zeros(length), Vector.of(v)));
    }

    static ServerOptimizer.Step step(
            double learningRate, Second second, Weights current, Vector meanDelta, OptimizerState state) {
        double[] m = state.moments().get(0).toArray();
        double[] v = state.moments().get(1).toArray();
        double[] next = current.values().toArray();
        for (int i = 0; i < m.length; i++) {
            double delta = meanDelta.get(i);
            m[i] = FIRST_DECAY * m[i] + (1 - FIRST_DECAY) * delta;
            v[i] = second.next(v[i], delta * delta);
            next[i] += learningRate * m[i] / (Math.sqrt(v[i]) + ADAPTIVITY);
        }
        return new ServerOptimizer.Step(
                Published.weights(current.layout(), next),
                new OptimizerState(state.optimizer(), state.steps() + 1, List.of(Vector.of(m), Vector.of(v))));
    }
}
