package dev.tributary.learning;

import dev.tributary.model.ParameterLayout;
import dev.tributary.model.Task;
import org.tribuo.math.la.SGDVector;

/**
 * The K scores of an input as a function of flat weights, and the way back: how scores that should rise change the weights.
 * Everything that training and prediction need to know of a model's architecture. Immutable and safe for use by many
 * threads; the buffers are the caller's.
 */
sealed interface ScoreFunction permits LinearScores, PerceptronScores {
    /** The function whose weights lie in these blocks, the last of which may have one row for two labels. */
    static ScoreFunction of(ParameterLayout layout, Task task) {
        return switch (layout.blocks().size()) {
            case 1 -> new LinearScores(layout);
            case 2 -> new PerceptronScores(layout, task);
            default ->
                throw new IllegalArgumentException(
                        "layout must have 1 or 2 blocks, had " + layout.blocks().size());
        };
    }

    /** The values of an input, the last of which is a 1 for the bias. */
    int columns();

    /** The number of scores, K. */
    int outputs();

    /** The length of the buffer for what lies between input and scores. */
    int hiddenLength();

    /** Writes the K scores of {@code x} into {@code scores}, and what {@link #accumulate} needs into {@code hidden}. */
    void apply(double[] weights, double[] x, double[] hidden, double[] scores);

    /**
     * Adds to {@code gradient} in which direction the weights should move for the scores to rise by {@code ascent};
     * {@code hidden} is as {@link #apply} left it for the same weights and {@code x}.
     */
    void accumulate(double[] weights, double[] x, double[] hidden, SGDVector ascent, double[] gradient);
}
