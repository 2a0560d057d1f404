package dev.tributary.coordinator.aggregation;

import dev.tributary.learning.RidgeRegression;
import dev.tributary.learning.SufficientStatistics;
import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The fleet's least-squares fit from one round's sums. Devices fall into {@value #FOLDS} folds by their ids, so that the
 * ridge can be chosen by cross-validation over devices from the sums alone. Not thread-safe.
 */
public final class ExactRegression {
    /** How many parts the fleet is divided in. */
    public static final int FOLDS = 5;

    /** λ where there are too few devices to choose one. */
    public static final double DEFAULT_RIDGE = 1;

    private static final double[] CANDIDATES = {0.01, 0.1, 1, 10, 100, 1e3, 1e4, 1e5};

    private final int columns;
    private final int outputs;
    private final OptionalDouble ridge;
    private final List<FixedPointSum> folds;

    /** No sums yet, of a model of D features and K outputs; {@code ridge} is λ, to be chosen when it is empty. */
    public ExactRegression(int features, int outputs, OptionalDouble ridge) {
        this.columns = features + 1;
        this.outputs = outputs;
        this.ridge = ridge;
        this.folds = new ArrayList<>();
        for (int fold = 0; fold < (ridge.isPresent() ? 1 : FOLDS); fold++) {
            folds.add(new FixedPointSum(SufficientStatistics.length(features, outputs)));
        }
    }

    /**
     * The fit.
     *
     * @param weights K × (D+1) by rows, bias last
     * @param isChosen whether λ was chosen by cross-validation
     * @param loss half the squared error for each example
     */
    public record Solution(Vector weights, double ridge, boolean isChosen, double loss) {}

    /** Adds one device's sums; throws {@link ArithmeticException} and changes nothing when they are too large. */
    public void add(DeviceId device, SufficientStatistics statistics) {
        folds.get(device.shard(folds.size())).add(statistics.sums(), 1);
    }

    /**
     * The solution.
     *
     * @throws IllegalStateException when there is none
     */
    public Solution solve() {
        SufficientStatistics all = without(-1);
        OptionalDouble chosen = ridge.isPresent() ? OptionalDouble.empty() : choose();
        double lambda = ridge.orElse(chosen.orElse(DEFAULT_RIDGE));
        Vector weights = RidgeRegression.solve(all, lambda)
                .orElseThrow(() -> new IllegalStateException(
                        "the examples do not determine the weights at ridge " + lambda + "; give a larger ridge"));
        double loss = RidgeRegression.squaredError(all, weights) / 2 / all.count();
        return new Solution(weights, lambda, chosen.isPresent(), Math.max(0, loss));
    }

    /** The λ whose fits to all folds but one have the least squared error on that one; the smallest of equals. */
    private OptionalDouble choose() {
        List<Held> parts = new ArrayList<>();
        for (int fold = 0; fold < folds.size(); fold++) {
            SufficientStatistics held = statistics(folds.get(fold));
            if (held.count() > 0) {
                parts.add(new Held(held, without(fold)));
            }
        }
        OptionalDouble best = OptionalDouble.empty();
        double least = Double.POSITIVE_INFINITY;
        for (double candidate : parts.size() < 2 ? new double[0] : CANDIDATES) {
            double error =
                    parts.stream().mapToDouble(part -> part.error(candidate)).sum();
            if (error < least) {
                least = error;
                best = OptionalDouble.of(candidate);
            }
        }
        return best;
    }

    /** One fold's sums, and those of all others. */
    private record Held(SufficientStatistics own, SufficientStatistics others) {
        /** The squared error here of what fits the others; infinite when nothing does. */
        double error(double candidate) {
            return RidgeRegression.solve(others, candidate)
                    .map(weights -> RidgeRegression.squaredError(own, weights))
                    .orElse(Double.POSITIVE_INFINITY);
        }
    }

    /** The sums of all folds but this one. */
    private SufficientStatistics without(int fold) {
        FixedPointSum sum = new FixedPointSum(SufficientStatistics.length(columns - 1, outputs));
        for (int other = 0; other < folds.size(); other++) {
            if (other != fold) {
                sum.merge(folds.get(other));
            }
        }
        return statistics(sum);
    }

    private SufficientStatistics statistics(FixedPointSum sum) {
        return new SufficientStatistics(columns, outputs, sum.dividedBy(1));
    }
}
