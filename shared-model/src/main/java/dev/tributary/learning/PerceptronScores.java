package dev.tributary.learning;

import dev.tributary.model.ParameterLayout;
import dev.tributary.model.Task;
import org.tribuo.math.la.SGDVector;

/**
 * Two blocks, H × (D+1) and U × (H+1): one hidden layer of rectified linear units, and its gradient by back-propagation
 * (Rumelhart, Hinton and Williams 1986).
 *
 * <p>One output unit z for two labels gives the scores 0 and z, whose softmax is 1 − σ(z) and σ(z): a sigmoid needs no
 * objective, metric or prediction of its own.
 */
final class PerceptronScores implements ScoreFunction {
    private final LinearMap hiddenMap;
    private final LinearMap outputMap;
    private final boolean sigmoid;

    PerceptronScores(ParameterLayout layout, Task task) {
        ParameterLayout.Block hidden = layout.blocks().get(0);
        ParameterLayout.Block output = layout.blocks().get(1);
        if (output.columns() != hidden.rows() + 1) {
            throw new IllegalArgumentException("block " + output.name() + " must have " + (hidden.rows() + 1)
                    + " columns, had " + output.columns());
        }
        this.hiddenMap = LinearMap.of(0, hidden);
        this.outputMap = LinearMap.of(hidden.size(), output);
        this.sigmoid = task == Task.CLASSIFICATION && output.rows() == 1;
    }

    @Override
    public int columns() {
        return hiddenMap.columns();
    }

    @Override
    public int outputs() {
        return sigmoid ? 2 : outputMap.outputs();
    }

    @Override
    public int hiddenLength() {
        return outputMap.columns();
    }

    @Override
    public void apply(double[] weights, double[] x, double[] hidden, double[] scores) {
        int units = hiddenMap.outputs();
        hiddenMap.apply(weights, x, hidden);
        for (int h = 0; h < units; h++) {
            hidden[h] = Math.max(0, hidden[h]);
        }
        hidden[units] = 1;
        outputMap.apply(weights, hidden, scores);
        if (sigmoid) {
            scores[1] = scores[0];
            scores[0] = 0;
        }
    }

    @Override
    public void accumulate(double[] weights, double[] x, double[] hidden, SGDVector ascent, double[] gradient) {
        for (int u = 0; u < outputMap.outputs(); u++) {
            outputMap.accumulate(u, slope(ascent, u), hidden, gradient);
        }
        for (int h = 0; h < hiddenMap.outputs(); h++) {
            if (hidden[h] > 0) {
                hiddenMap.accumulate(h, slopeOfHidden(weights, ascent, h), x, gradient);
            }
        }
    }

    private double slopeOfHidden(double[] weights, SGDVector ascent, int hiddenUnit) {
        double slope = 0;
        int at = outputMap.from() + hiddenUnit;
        for (int u = 0; u < outputMap.outputs(); u++, at += outputMap.columns()) {
            slope += slope(ascent, u) * weights[at];
        }
        return slope;
    }

    private double slope(SGDVector ascent, int outputUnit) {
        return ascent.get(sigmoid ? 1 : outputUnit);
    }
}
