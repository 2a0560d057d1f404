package dev.tributary.learning;

import dev.tributary.model.ParameterLayout;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.Arrays;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseVector;
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
 * 4. The optimisers work weight by weight, so all blocks of a model are one row to them.
 */
/**
 * A model on its way down, held by FedProx's proximal term (Li et al. 2020) where the plan has one: weights, optimiser
 * state, and the buffers of one step. For one thread.
 */
final class Descent {
    private final ParameterLayout layout;
    private final ScoreFunction function;
    private final Examples examples;
    private final LocalObjective objective;
    private final LinearParameters parameters;
    private final StochasticGradientOptimiser optimiser;

    /** The parameters once more as a flat array, renewed after each step. */
    private final double[] weights;

    private final double[] gradient;
    private final double[] features;
    private final double[] hidden;
    private final double[] scores;
    private final DenseVector prediction;
    private final DenseMatrix update;
    private final double[] anchor;
    private final double pull;

    Descent(Weights start, Examples examples, TrainingPlan plan, double learningRate) {
        this.layout = start.layout();
        this.examples = examples;
        this.function = ScoreFunction.of(layout, plan.objective().task());
        if (function.columns() != examples.featureCount() + 1) {
            throw new IllegalArgumentException(
                    "block must have " + (examples.featureCount() + 1) + " columns, had " + function.columns());
        }
        this.objective = LocalObjective.of(plan, examples, function.outputs());
        this.weights = start.values().toArray();
        this.anchor = weights.clone();
        this.pull = plan.proximalMu();
        this.gradient = new double[weights.length];
        this.features = new double[function.columns()];
        this.features[function.columns() - 1] = 1;
        this.hidden = new double[function.hiddenLength()];
        this.scores = new double[function.outputs()];
        this.prediction = new DenseVector(function.outputs());
        this.update = new DenseMatrix(1, weights.length);
        this.parameters = new LinearParameters(DenseMatrix.createDenseMatrix(new double[][] {weights}));
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
        Arrays.fill(gradient, 0);
        for (int i = start; i < end; i++) {
            score(order[i]);
            for (int k = 0; k < scores.length; k++) {
                prediction.set(k, scores[k]);
            }
            function.accumulate(weights, features, hidden, objective.ascent(order[i], prediction), gradient);
        }
        pullBack(end - start);
        for (int i = 0; i < gradient.length; i++) {
            update.set(0, i, gradient[i] / (end - start));
        }
        parameters.update(optimiser.step(new Tensor[] {update}, 1));
        DenseMatrix matrix = parameters.getWeightMatrix();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = matrix.get(0, i);
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

    private void score(int example) {
        examples.copyFeatures(example, features);
        function.apply(weights, features, hidden, scores);
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
