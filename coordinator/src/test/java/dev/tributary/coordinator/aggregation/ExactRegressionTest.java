package dev.tributary.coordinator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.RidgeRegression;
import dev.tributary.learning.SufficientStatistics;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Ridge regression from a fleet's sums. */
class ExactRegressionTest {
    private static final int FEATURES = 3;
    private static final double[] TRUTH = {1.5, -2, 0.5};
    private static final ModelSchema SCHEMA = new ModelSchema(
            1,
            Task.REGRESSION,
            List.of(Feature.unbounded("a"), Feature.unbounded("b"), Feature.unbounded("c")),
            List.of("y"),
            Optional.of(new Standardiser(Vector.zeros(FEATURES), Vector.of(1, 1, 1), Vector.zeros(1), Vector.of(1))),
            20);

    private static Map<DeviceId, List<RawExample>> fleet(int devices, int rows, double noise, long seed) {
        Random random = new Random(seed);
        Map<DeviceId, List<RawExample>> fleet = new TreeMap<>();
        for (int device = 0; device < devices; device++) {
            List<RawExample> own = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                double[] x = new double[FEATURES];
                double y = 0.25 + noise * random.nextGaussian();
                for (int j = 0; j < FEATURES; j++) {
                    x[j] = random.nextGaussian() + 0.1 * device;
                    y += TRUTH[j] * x[j];
                }
                own.add(new RawExample(x, new double[] {y}));
            }
            fleet.put(new DeviceId("d" + device), own);
        }
        return fleet;
    }

    private static SufficientStatistics sums(List<RawExample> rows) {
        return SufficientStatistics.of(Examples.standardised(SCHEMA, rows));
    }

    private static ExactRegression.Solution solve(
            Map<DeviceId, List<RawExample>> fleet, List<DeviceId> order, OptionalDouble ridge) {
        ExactRegression regression = new ExactRegression(FEATURES, 1, ridge);
        order.forEach(device -> regression.add(device, sums(fleet.get(device))));
        return regression.solve();
    }

    @Test
    void conform_solution_equalsThePooledOneTo1e9() {
        Map<DeviceId, List<RawExample>> fleet = fleet(12, 40, 0.3, 1);
        List<RawExample> pooled = new ArrayList<>();
        fleet.values().forEach(pooled::addAll);

        Vector exact =
                solve(fleet, List.copyOf(fleet.keySet()), OptionalDouble.of(1)).weights();

        Vector expected = RidgeRegression.solve(sums(pooled), 1).orElseThrow();
        for (int i = 0; i < expected.length(); i++) {
            assertThat(exact.get(i)).isCloseTo(expected.get(i), within(1e-9));
        }
    }

    @Test
    void conform_orderOfArrival_doesNotChangeTheSolution() {
        Map<DeviceId, List<RawExample>> fleet = fleet(12, 40, 0.3, 2);
        List<DeviceId> order = new ArrayList<>(fleet.keySet());
        ExactRegression.Solution first = solve(fleet, order, OptionalDouble.empty());
        Collections.reverse(order);
        assertThat(solve(fleet, order, OptionalDouble.empty())).isEqualTo(first);
    }

    /** What the sums say must be what leaving out each fold's rows and predicting them says. */
    @Test
    void solve_withoutARidge_choosesTheOneThatPredictsDevicesLeftOutBest() {
        Map<DeviceId, List<RawExample>> fleet = fleet(15, 4, 8, 3);
        ExactRegression.Solution solution = solve(fleet, List.copyOf(fleet.keySet()), OptionalDouble.empty());

        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (double candidate : new double[] {0.01, 0.1, 1, 10, 100, 1e3, 1e4, 1e5}) {
            double error = 0;
            for (int fold = 0; fold < ExactRegression.FOLDS; fold++) {
                List<RawExample> held = rows(fleet, fold, true);
                Vector weights = RidgeRegression.solve(sums(rows(fleet, fold, false)), candidate)
                        .orElseThrow();
                for (RawExample row : held) {
                    double predicted = weights.get(FEATURES);
                    for (int j = 0; j < FEATURES; j++) {
                        predicted += weights.get(j) * (float) row.features()[j];
                    }
                    error += Math.pow(predicted - (float) row.target()[0], 2);
                }
            }
            if (error < least) {
                least = error;
                best = candidate;
            }
        }
        assertThat(solution.isChosen()).isTrue();
        assertThat(solution.ridge()).isEqualTo(best).isGreaterThan(1);
    }

    private static List<RawExample> rows(Map<DeviceId, List<RawExample>> fleet, int fold, boolean inFold) {
        List<RawExample> rows = new ArrayList<>();
        fleet.forEach((device, own) -> {
            if ((device.shard(ExactRegression.FOLDS) == fold) == inFold) {
                rows.addAll(own);
            }
        });
        return rows;
    }

    @Test
    void solve_oneDevice_takesTheDefaultRidge() {
        Map<DeviceId, List<RawExample>> fleet = fleet(1, 40, 0.3, 4);
        ExactRegression.Solution solution = solve(fleet, List.copyOf(fleet.keySet()), OptionalDouble.empty());
        assertThat(solution.isChosen()).isFalse();
        assertThat(solution.ridge()).isEqualTo(ExactRegression.DEFAULT_RIDGE);
    }

    @Test
    void solve_undetermined_saysWhatToDo() {
        Map<DeviceId, List<RawExample>> fleet = fleet(1, 1, 0.3, 5);
        assertThatThrownBy(() -> solve(fleet, List.copyOf(fleet.keySet()), OptionalDouble.of(0)))
                .hasMessageContaining("give a larger ridge");
    }
}
