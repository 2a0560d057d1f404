package dev.tributary.learning;

import dev.tributary.model.TrainingPlan;
import org.tribuo.common.sgd.SGDObjective;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;
import org.tribuo.regression.sgd.objectives.AbsoluteLoss;
import org.tribuo.regression.sgd.objectives.Huber;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/**
 * Squared, absolute or Huber loss of standardised values, summed over the outputs.
 *
 * <p>A squared loss whose residuals are clipped at ±c is Huber's loss with cost c: r²/2 within, c(|r| − c/2) beyond. So
 * clipping is done by choosing that, and the loss reported is the one descended. HUBER itself turns at one standard
 * deviation.
 */
final class ValueObjective implements LocalObjective {
    private static final double HUBER_COST = 1;

    private final SGDObjective<DenseVector> gradient;
    private final Examples examples;
    private final DenseVector truth;
    /** What Tribuo's AbsoluteLoss subtracts for each output; without it the loss of a perfect model is 0. */
    private final double missing;

    ValueObjective(TrainingPlan plan, Examples examples, int outputs) {
        this.gradient = gradient(plan);
        this.missing = plan.objective() == TrainingPlan.Objective.ABSOLUTE ? 0.5 * outputs : 0;
        this.examples = examples;
        this.truth = new DenseVector(outputs);
        if (examples.targetCount() != outputs) {
            throw new IllegalArgumentException("targetCount must be " + outputs + ", was " + examples.targetCount());
        }
    }

    private static SGDObjective<DenseVector> gradient(TrainingPlan plan) {
        double clip = plan.residualClip();
        return switch (plan.objective()) {
            case SQUARED -> Double.isInfinite(clip) ? new SquaredLoss() : new Huber(clip);
            case HUBER -> new Huber(Math.min(HUBER_COST, clip));
            case ABSOLUTE -> new AbsoluteLoss();
            case LOG, HINGE -> throw new IllegalArgumentException("objective must be for values, was LOG or HINGE");
        };
    }

    @Override
    public SGDVector ascent(int index, DenseVector scores) {
        readTruth(index);
        return gradient.lossAndGradient(truth, scores).getB();
    }

    @Override
    public double loss(int index, double[] scores) {
        readTruth(index);
        return gradient.lossAndGradient(truth, DenseVector.createDenseVector(scores))
                        .getA()
                + missing;
    }

    @Override
    public boolean correct(int index, double[] scores) {
        return false;
    }

    private void readTruth(int index) {
        for (int k = 0; k < truth.size(); k++) {
            truth.set(k, examples.target(index, k));
        }
    }
}
