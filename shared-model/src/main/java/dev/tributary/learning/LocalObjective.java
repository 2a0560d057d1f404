package dev.tributary.learning;

import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;

/**
 * What a plan descends, over one device's examples: Tribuo's gradient, and a loss that is ≥ 0 (Tribuo's is negative for
 * labels). Holds buffers: for one thread.
 */
sealed interface LocalObjective permits LabelObjective, ValueObjective {
    /** The objective of {@code plan} over these examples, for K outputs; they must fit each other. */
    static LocalObjective of(TrainingPlan plan, Examples examples, int outputs) {
        return plan.objective().task() == Task.CLASSIFICATION
                ? new LabelObjective(plan, examples, outputs)
                : new ValueObjective(plan, examples, outputs);
    }

    /** The direction in which the K scores of example {@code index} should rise; may overwrite {@code scores}. */
    SGDVector ascent(int index, DenseVector scores);

    /** The loss of example {@code index} that has these scores. */
    double loss(int index, double[] scores);

    /** Whether these scores classify example {@code index} right; never for values. */
    boolean correct(int index, double[] scores);
}
