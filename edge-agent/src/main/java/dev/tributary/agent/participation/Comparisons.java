package dev.tributary.agent.participation;

import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.RidgeRegression;
import dev.tributary.learning.SufficientStatistics;
import dev.tributary.learning.TrainingOutcome;
import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.InitialWeights;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import java.util.List;
import java.util.Optional;

/** What the federation's model is compared with: the device's own model, and the majority class or the mean. */
final class Comparisons {
    /** λ of a device's own fit where the federation chooses its own. */
    private static final double DEFAULT_RIDGE = 1;

    private final DeviceId device;
    private final FederationSpec spec;
    private final Learner learner;

    Comparisons(DeviceId device, FederationSpec spec, Learner learner) {
        this.device = device;
        this.spec = spec;
        this.learner = learner;
    }

    /**
     * The device's own model on its test part: standardised by its own train part, from the architecture's first
     * weights, with the federation's plan, as many rounds as the federation trained; the last finite weights where training
     * diverges.
     */
    Evaluation localOnly(RoundAnnouncement call, List<RawExample> train, List<RawExample> test) {
        Standardiser own = LocalMoments.of(spec.schema(), train).toStandardiser(spec.schema());
        ModelSchema schema = spec.schema().standardisedBy(own);
        Examples examples = Examples.standardised(schema, train);
        if (spec.plan().solver() == TrainingPlan.Solver.EXACT) {
            Weights solved = RidgeRegression.solve(
                            SufficientStatistics.of(examples),
                            spec.plan().ridge().orElse(DEFAULT_RIDGE))
                    .map(values -> new Weights(schema.layout(), values))
                    .orElseGet(() -> Weights.zeros(schema.layout()));
            return learner.predictors()
                    .apply(new GlobalModel(0, schema, solved))
                    .evaluate(test);
        }
        Weights weights = InitialWeights.of(schema, seed(call, -1));
        for (int r = 0; r < Math.max(1, call.trainRounds()); r++) {
            double rate = call.learningRate() / (1 + r * call.learningRateDecay());
            TrainingOutcome outcome = learner.trainer().train(weights, examples, spec.plan(), rate, seed(call, r));
            if (!(outcome instanceof TrainingOutcome.Trained trained)) {
                break;
            }
            Weights next = weights.plus(trained.delta());
            if (!next.values().isFinite()) {
                break;
            }
            weights = next;
        }
        return learner.predictors().apply(new GlobalModel(0, schema, weights)).evaluate(test);
    }

    /** Rounds count from 0; −1 is for what comes before them. */
    private Seed seed(RoundAnnouncement call, int round) {
        return Seed.of(call.federation().value(), call.nonce().toArray(), round, device.value());
    }

    /** The majority class (loss 0) or the fleet's mean on the test part; empty while neither is known. */
    Optional<Evaluation> baseline(List<RawExample> test) {
        if (spec.schema().task() == Task.CLASSIFICATION) {
            return spec.majorityOutput().isPresent()
                    ? Optional.of(majority(spec.majorityOutput().getAsInt(), test))
                    : Optional.empty();
        }
        return spec.schema().standardiser().map(standardiser -> mean(standardiser, test));
    }

    private Evaluation majority(int majority, List<RawExample> test) {
        int outputs = spec.schema().outputs().size();
        long[][] confusion = new long[outputs][outputs];
        for (RawExample row : test) {
            confusion[(int) row.target()[0]][majority]++;
        }
        return Evaluation.ofDevice(confusion, 0);
    }

    private Evaluation mean(Standardiser standardiser, List<RawExample> test) {
        int outputs = spec.schema().outputs().size();
        double[] mean = standardiser.outputMean().toArray();
        double[][] truth = new double[test.size()][];
        double[][] predicted = new double[test.size()][];
        double loss = 0;
        for (int i = 0; i < truth.length; i++) {
            truth[i] = test.get(i).target();
            predicted[i] = mean;
            for (int k = 0; k < outputs; k++) {
                double error = standardiser.output(k, truth[i][k]);
                loss += error * error;
            }
        }
        return Evaluation.ofDevice(truth, predicted, outputs, loss);
    }
}
