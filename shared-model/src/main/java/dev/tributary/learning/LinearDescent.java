package dev.tributary.learning;

import dev.tributary.model.ParameterLayout;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.la.Tensor;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.SGD;

/*
 * Why this does not simply call Tribuo's trainer, or its matrices for everything:
 *
 * 1. Tribuo's minibatch path sums B gradients and multiplies the sum by B again: B² times too far. Here the sum is
 *    divided by B.
 * 2. Tribuo keeps two objects for each example (tens of kB at 561 features) and allocates a K × (D+1) matrix for each
 *    gradient. Here examples stay flat rows of floats, and a batch reuses all buffers.
 * 3. Scores and gradients, which take nearly all of the time, are sums over plain arrays. Objective and optimiser,
 *    where the mathematics is, are Tribuo's; the optimiser sees one matrix a batch. The copies between both cost some
 *    4 passes over the weights a batch, against 2 an example for the rest.
 */
/**
 * A linear model on its way down, held by FedProx's proximal term (Li et al. 2020) where the plan has one: weights, optimiser
 * state, and the buffers of one step. For one thread.
 */
final class LinearDescent {
    private final ParameterLayout layout;
    private final LinearMap map;
    private final Examples examples;
    private final LocalObjective objective;
    private final LinearParameters parameters;
    private final StochasticGradientOptimiser optimiser;

    /** The parameters once more as a flat array, renewed after each step. */
    private final double[] weights;

    private final double[] gradient;
    private final double[] features;
    private final double[] scores;
    private final DenseVector prediction;
    private final DenseMatrix update;
    private final double[] anchor;
    private final double pull;

    LinearDescent(Weights start, Examples examples, LocalObjective objective, TrainingPlan plan, double learningRate) {
        this.layout = start.layout();
        this.examples = examples;
        this.objective = objective;
        ParameterLayout.Block block = layout.blocks().get(0);
        this.map = new LinearMap(block.rows(), block.columns());
        this.weights = start.values().toArray();
        this.anchor = weights.clone();
        this.pull = plan.proximalMu();
        this.gradient = new double[weights.length];
        this.features = new double[map.columns()];
        this.features[map.columns() - 1] = 1;
        this.scores = new double[map.outputs()];
        this.prediction = new DenseVector(map.outputs());
        this.update = new DenseMatrix(map.outputs(), map.columns());
        DenseMatrix matrix = new DenseMatrix(map.outputs(), map.columns());
        write(weights, 1, matrix);
        this.parameters = new LinearParameters(matrix);
        this.optimiser = optimiser(plan, learningRate);
        this.optimiser.initialise(parameters);
    }

    private static StochasticGradientOptimiser optimiser(TrainingPlan plan, double learningRate) {
        return switch (plan.localOptimizer()) {
            case SGD -> SGD.getSimpleSGD(learningRate);
            case MOMENTUM -> SGD.getSimpleSGD(learningRate, plan.momentum(), SGD.Momentum.STANDARD);
            case NESTEROV -> SGD.getSimpleSGD(learningRate, plan.momentum(), SGD.Momentum.NESTEROV);
            case ADAGRAD -> new AdaGrad(learningRate);
        };
    }

    /** One step along the mean gradient of the examples {@code order[start]} to {@code order[end − 1]}. */
    void step(int[] order, int start, int end) {
        for (int i = start; i < end; i++) {
            score(order[i]);
            for (int k = 0; k < scores.length; k++) {
                prediction.set(k, scores[k]);
            }
            accumulate(objective.ascent(order[i], prediction), i == start);
        }
        pullBack(end - start);
        write(gradient, end - start, update);
        parameters.update(optimiser.step(new Tensor[] {update}, 1));
        DenseMatrix matrix = parameters.getWeightMatrix();
        for (int k = 0, at = 0; k < map.outputs(); k++) {
            for (int j = 0; j < map.columns(); j++, at++) {
                weights[at] = matrix.get(k, j);
            }
        }
    }

    /** Adds the gradient of the proximal term, μ/2·‖w − x‖², which belongs to each example alike. */
    private void pullBack(int batch) {
        if (pull > 0) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += batch * pull * (anchor[i] - weights[i]);
            }
        }
    }

    /** The gradient of the sum of the examples so far: the outer product of each one's ascent and features. */
    private void accumulate(SGDVector ascent, boolean first) {
        int columns = map.columns();
        for (int k = 0, at = 0; k < map.outputs(); k++, at += columns) {
            double slope = ascent.get(k);
            if (first) {
                for (int j = 0; j < columns; j++) {
                    gradient[at + j] = slope * features[j];
                }
            } else if (slope != 0) {
                for (int j = 0; j < columns; j++) {
                    gradient[at + j] += slope * features[j];
                }
            }
        }
    }

    private void score(int example) {
        examples.copyFeatures(example, features);
        map.apply(weights, features, scores);
    }

    private static void write(double[] flat, int divisor, DenseMatrix target) {
        int columns = target.getDimension2Size();
        for (int k = 0, at = 0; k < target.getDimension1Size(); k++) {
            for (int j = 0; j < columns; j++, at++) {
                target.set(k, j, flat[at] / divisor);
            }
        }
    }

    /** The summed loss of all examples under the present weights. */
    double loss() {
        double sum = 0;
        for (int i = 0; i < examples.count(); i++) {
            score(i);
            sum += objective.loss(i, scores);
        }
        return sum;
    }

    /** How many examples the present weights classify right. */
    long correct() {
        long correct = 0;
        for (int i = 0; i < examples.count(); i++) {
            score(i);
            if (objective.correct(i, scores)) {
                correct++;
            }
        }
        return correct;
    }

    boolean isFinite() {
        for (double weight : weights) {
            if (!Double.isFinite(weight)) {
                return false;
            }
        }
        return true;
    }

    /** A copy of the present weights. */
    Weights weights() {
        return new Weights(layout, Vector.of(weights));
    }
}
