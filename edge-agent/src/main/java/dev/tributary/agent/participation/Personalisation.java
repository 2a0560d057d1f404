package dev.tributary.agent.participation;

import dev.tributary.agent.examples.Split;
import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.TrainingOutcome;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Seed;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Weights;
import java.util.List;
import java.util.Optional;

/**
 * Fine-tunes a global model to one device: local epochs that start at the global weights and are pulled towards them.
 * Several strengths of the pull are tried on the first 80 % of the train part and judged by their loss, beside the
 * global model, on the rest; the best of them is trained once more on the whole train part.
 */
final class Personalisation {
    /** From a firm hold to none. */
    private static final double[] PULLS = {0.1, 0.01, 0.001, 0};
    /** Steps are so much shorter than those of a round, which a mean over devices calms. */
    private static final double CALM = 0.2;

    private final Learner learner;
    private final TrainingPlan plan;
    private final double learningRate;
    private final Seed seed;

    Personalisation(Learner learner, TrainingPlan plan, double learningRate, Seed seed) {
        this.learner = learner;
        this.plan = plan;
        this.learningRate = learningRate;
        this.seed = seed;
    }

    /**
     * The device's own weights; empty when the global ones do as well on rows that neither was trained on.
     *
     * @param global under the schema as the device applies it
     * @param train the device's train part
     */
    Optional<Weights> fineTune(GlobalModel global, List<RawExample> train) {
        Split.Parts parts = Split.validation(global.schema(), train);
        if (parts.train().isEmpty() || parts.test().isEmpty()) {
            return Optional.empty();
        }
        Examples fitted = Examples.standardised(global.schema(), parts.train());
        double least = loss(global, parts.test());
        Optional<Double> chosen = Optional.empty();
        for (double pull : PULLS) {
            Optional<Weights> tuned = train(global, fitted, pull);
            double loss = tuned.map(weights -> loss(with(global, weights), parts.test()))
                    .orElse(Double.POSITIVE_INFINITY);
            if (loss < least) {
                least = loss;
                chosen = Optional.of(pull);
            }
        }
        return chosen.flatMap(pull -> train(global, Examples.standardised(global.schema(), train), pull));
    }

    private Optional<Weights> train(GlobalModel global, Examples examples, double pull) {
        TrainingOutcome outcome = learner.trainer()
                .train(
                        global.weights(),
                        examples,
                        plan.fineTuning(plan.personalEpochs(), pull),
                        learningRate * CALM,
                        seed);
        return outcome instanceof TrainingOutcome.Trained trained
                ? Optional.of(global.weights().plus(trained.delta()))
                : Optional.empty();
    }

    static GlobalModel with(GlobalModel global, Weights weights) {
        return new GlobalModel(global.version(), global.schema(), weights);
    }

    private double loss(GlobalModel model, List<RawExample> rows) {
        return learner.predictors().apply(model).evaluate(rows).loss();
    }
}
