package dev.tributary.coordinator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Moments;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsMergeTest {
    private static final ModelSchema REGRESSION = schema(Task.REGRESSION, "y");
    private static final ModelSchema CLASSIFICATION = schema(Task.CLASSIFICATION, "good", "bad", "worse");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void conform_pooledMeanAndVariance_to1e9AtAMillionDeviations(long seed) {
        Random random = new Random(seed);
        StatisticsMerge merge = new StatisticsMerge(REGRESSION);
        List<Double> pooled = new ArrayList<>();
        for (int device = 0; device < 30; device++) {
            double[] values = random.doubles(50 + random.nextInt(300))
                    .map(value -> 1e6 + value * 2 - 1)
                    .toArray();
            for (double value : values) {
                pooled.add(value);
            }
            merge.add(new DeviceId("d" + device), moments(values, values));
        }
        Moments merged = merge.result().moments();
        double mean = mean(pooled);
        double variance = variance(pooled);
        assertThat(merged.mean(0)).as("seed %d", seed).isCloseTo(mean, within(1e-9 * mean));
        assertThat(merged.variance(0)).as("seed %d", seed).isCloseTo(variance, within(1e-9 * variance));
        assertThat(merged.count(0)).isEqualTo(pooled.size());
    }

    @Test
    void conform_constantFeature_getsScaleOneAndIsTold() {
        StatisticsMerge merge = new StatisticsMerge(REGRESSION);
        merge.add(new DeviceId("a"), moments(new double[] {5, 5, 5}, new double[] {1, 2, 3}));
        merge.add(new DeviceId("b"), moments(new double[] {5, 5}, new double[] {4, 5}));
        StatisticsMerge.Result result = merge.result();
        Standardiser standardiser = result.moments().toStandardiser(REGRESSION);
        assertThat(standardiser.featureScale().get(0)).isEqualTo(1);
        assertThat(standardiser.featureMean().get(0)).isEqualTo(5);
        assertThat(result.remarks()).containsExactly("constant on all devices, so of no use to the model: x");
        assertThat(result.majorityOutput()).isEmpty();
    }

    @Test
    void result_anyOrderOfArrival_givesTheSameBits() {
        StatisticsMerge forward = new StatisticsMerge(REGRESSION);
        StatisticsMerge backward = new StatisticsMerge(REGRESSION);
        Random random = new Random(5);
        List<Moments> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double[] values = random.doubles(10).toArray();
            all.add(moments(values, values));
        }
        for (int i = 0; i < 20; i++) {
            forward.add(new DeviceId("d" + i), all.get(i));
            backward.add(new DeviceId("d" + (19 - i)), all.get(19 - i));
        }
        assertThat(forward.result().moments()).isEqualTo(backward.result().moments());
    }

    @Test
    void result_classification_knowsTheMajorityAndTheLabelsThatNobodyHas() {
        StatisticsMerge merge = new StatisticsMerge(CLASSIFICATION);
        merge.add(new DeviceId("a"), new Moments(Vector.of(3, 1, 1), Vector.of(1, 2, 0)));
        merge.add(new DeviceId("b"), new Moments(Vector.of(4, 1, 1), Vector.of(0, 4, 0)));
        assertThat(merge.result().majorityOutput()).hasValue(1);
        assertThat(merge.result().remarks()).containsExactly("no device has an example of worse");
    }

    @Test
    void result_oneLabelOnly_isTold() {
        StatisticsMerge merge = new StatisticsMerge(CLASSIFICATION);
        merge.add(new DeviceId("a"), new Moments(Vector.of(3, 1, 1), Vector.of(0, 3, 0)));
        assertThat(merge.result().remarks())
                .containsExactly("all examples of the fleet have one label; a classifier cannot learn from them");
    }

    @Test
    void result_outlier_isLeftOut() {
        StatisticsMerge merge = new StatisticsMerge(REGRESSION);
        for (int i = 0; i < 5; i++) {
            double[] values = {10 + i, 12 + i, 14 + i};
            merge.add(new DeviceId("d" + i), moments(values, values));
        }
        double[] wrong = {10_000, 12_000, 14_000};
        merge.add(new DeviceId("wrong"), moments(wrong, new double[] {10, 12, 14}));
        StatisticsMerge.Result result = merge.result();
        assertThat(result.rejected()).containsOnlyKeys(new DeviceId("wrong"));
        assertThat(result.rejected().get(new DeviceId("wrong"))).startsWith("x: mean 12000.0 is ");
        assertThat(result.moments().mean(0)).isCloseTo(14, within(1e-12));
    }

    static Moments moments(double[] feature, double[] output) {
        double[] columns = new double[6];
        columns[0] = feature.length;
        columns[3] = output.length;
        welford(feature, columns, 0);
        welford(output, columns, 3);
        return new Moments(Vector.of(columns), Vector.zeros(0));
    }

    private static void welford(double[] values, double[] columns, int at) {
        for (int i = 0; i < values.length; i++) {
            double deviation = values[i] - columns[at + 1];
            columns[at + 1] += deviation / (i + 1);
            columns[at + 2] += deviation * (values[i] - columns[at + 1]);
        }
    }

    private static double mean(List<Double> values) {
        BigDecimal sum = values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128)
                .doubleValue();
    }

    private static double variance(List<Double> values) {
        BigDecimal sum = values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal mean = sum.divide(BigDecimal.valueOf(values.size()), new MathContext(60));
        BigDecimal squares = values.stream()
                .map(value -> new BigDecimal(value).subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return squares.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128)
                .doubleValue();
    }

    private static ModelSchema schema(Task task, String... outputs) {
        return new ModelSchema(0, task, List.of(Feature.unbounded("x")), List.of(outputs), Optional.empty(), 3);
    }
}
