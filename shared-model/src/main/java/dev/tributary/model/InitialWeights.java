package dev.tributary.model;

import dev.tributary.model.ParameterLayout.Block;
import java.util.SplittableRandom;

/**
 * The weights that training starts from when it is given none.
 *
 * <p>A linear model starts at zeros, which is nowhere worse than elsewhere: its loss is convex. At zeros all hidden units of a
 * perceptron are alike and have no gradient, so that it would stay there; its weights are drawn as He et al. (2015) do, uniform
 * with variance 2/n over a unit's n inputs, and its biases are 0.
 */
public final class InitialWeights {
    private InitialWeights() {}

    /** The weights for {@code schema}; the same seed gives the same bits on every platform. */
    public static Weights of(ModelSchema schema, Seed seed) {
        ParameterLayout layout = schema.layout();
        if (schema.architecture() instanceof Architecture.Linear) {
            return Weights.zeros(layout);
        }
        SplittableRandom random = new SplittableRandom(seed.value());
        double[] values = new double[layout.size()];
        int at = 0;
        for (Block block : layout.blocks()) {
            int inputs = block.columns() - 1;
            double bound = Math.sqrt(6.0 / inputs);
            for (int row = 0; row < block.rows(); row++) {
                for (int column = 0; column < inputs; column++) {
                    values[at++] = bound * (2 * random.nextDouble() - 1);
                }
                at++;
            }
        }
        return new Weights(layout, Vector.of(values));
    }
}
