package dev.tributary.learning;

import dev.tributary.model.TrainingPlan;
import org.tribuo.classification.sgd.objectives.Hinge;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.sgd.SGDObjective;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;

/** Log loss (softmax) or multiclass hinge loss. */
final class LabelObjective implements LocalObjective {
    private final SGDObjective<Integer> gradient;
    private final boolean hinge;
    private final Examples examples;

    LabelObjective(TrainingPlan plan, Examples examples, int outputs) {
        this.hinge = plan.objective() == TrainingPlan.Objective.HINGE;
        this.gradient = hinge ? new Hinge() : new LogMulticlass();
        this.examples = examples;
        if (examples.targetCount() != 1) {
            throw new IllegalArgumentException("targetCount must be 1, was " + examples.targetCount());
        }
        for (int i = 0; i < examples.count(); i++) {
            float label = examples.target(i, 0);
            if (!(label >= 0 && label < outputs)) {
                throw new IllegalArgumentException("label must be in [0, " + outputs + "), was " + label);
            }
        }
    }

    @Override
    public SGDVector ascent(int index, DenseVector scores) {
        return gradient.lossAndGradient(examples.label(index), scores).getB();
    }

    @Override
    public double loss(int index, double[] scores) {
        int label = examples.label(index);
        return hinge ? Scores.hingeLoss(scores, label) : Scores.logLoss(scores, label);
    }

    @Override
    public boolean correct(int index, double[] scores) {
        return Scores.best(scores) == examples.label(index);
    }
}
