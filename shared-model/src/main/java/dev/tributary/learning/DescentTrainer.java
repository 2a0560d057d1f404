package dev.tributary.learning;

import dev.tributary.model.Seed;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Weights;
import java.util.SplittableRandom;

/**
 * Minibatch gradient descent of a model of any {@link dev.tributary.model.Architecture} with Tribuo's objectives and
 * optimisers; safe for use by many threads.
 *
 * <p>At batch size 1 it gives a linear model the bits that Tribuo's own trainer gives from the same start and seed: the
 * same random numbers, the same order, the same arithmetic. For larger batches it steps along the mean of the gradients.
 */
public final class DescentTrainer implements LocalTrainer {
    private final boolean shuffled;

    /** A trainer that shuffles the examples before each epoch. */
    public DescentTrainer() {
        this(true);
    }

    DescentTrainer(boolean shuffled) {
        this.shuffled = shuffled;
    }

    @Override
    public TrainingOutcome train(Weights global, Examples examples, TrainingPlan plan, double learningRate, Seed seed) {
        check(examples, learningRate);
        Descent descent = new Descent(global, examples, plan, learningRate);
        double loss = descent.loss();
        int[] order = new int[examples.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        SplittableRandom random = new SplittableRandom(seed.value()).split();
        int batchSize = plan.batchSizeFor(order.length);
        for (int epoch = 1; epoch <= plan.localEpochs(); epoch++) {
            if (shuffled) {
                shuffle(order, random);
            }
            for (int start = 0; start < order.length; start += batchSize) {
                descent.step(order, start, Math.min(order.length, start + batchSize));
            }
            if (!descent.isFinite()) {
                return new TrainingOutcome.Diverged("weights are not finite after epoch " + epoch + " of "
                        + plan.localEpochs() + " at learning rate " + learningRate);
            }
        }
        Weights local = descent.weights();
        var delta = local.values().minus(global.values());
        if (!delta.isFinite() || !Double.isFinite(loss)) {
            return new TrainingOutcome.Diverged("weights or loss are too large to be told in numbers");
        }
        return new TrainingOutcome.Trained(delta, order.length, descent.correct(), loss);
    }

    private static void check(Examples examples, double learningRate) {
        if (examples.count() == 0) {
            throw new IllegalArgumentException("examples must not be empty");
        }
        if (!(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException("learningRate must be finite and > 0, was " + learningRate);
        }
    }

    /** Fisher and Yates's shuffle, drawing from the last place down as Tribuo does. */
    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length; i > 1; i--) {
            int j = random.nextInt(i);
            int last = order[i - 1];
            order[i - 1] = order[j];
            order[j] = last;
        }
    }
}
