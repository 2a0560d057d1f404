package dev.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    private static final ModelSchema SCHEMA = new ModelSchema(
            0, Task.CLASSIFICATION, List.of(Feature.unbounded("a")), List.of("x", "y"), Optional.empty(), 3);

    /** One column's moments by two passes, as a device may compute them. */
    private static Moments moments(double[] values, double... labels) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = values.length == 0 ? 0 : sum / values.length;
        double m2 = 0;
        for (double value : values) {
            m2 += (value - mean) * (value - mean);
        }
        return new Moments(Vector.of(values.length, mean, m2), Vector.of(labels));
    }

    @ParameterizedTest(name = "mean {0}")
    @ValueSource(doubles = {0, 1, -1e3, 1e6, -1e6})
    void merge_manyDevices_equalsThePooledMeanAndVariance(double mean) {
        Random random = new Random(11);
        Moments fleet = Moments.empty(SCHEMA);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        int count = 0;
        for (int device = 0; device < 50; device++) {
            double bias = random.nextGaussian();
            double[] values = random.doubles(random.nextInt(200), -1, 1)
                    .map(v -> mean + bias + v)
                    .toArray();
            fleet = fleet.merge(moments(values, values.length, 0));
            for (double value : values) {
                BigDecimal exact = new BigDecimal(value);
                sum = sum.add(exact);
                squares = squares.add(exact.multiply(exact));
                count++;
            }
        }
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal pooledMean = sum.divide(n, MathContext.DECIMAL128);
        double variance = squares.divide(n, new MathContext(60))
                .subtract(sum.divide(n, new MathContext(60)).pow(2))
                .doubleValue();

        assertThat(fleet.count(0)).isEqualTo(count);
        assertThat(fleet.mean(0)).isCloseTo(pooledMean.doubleValue(), within(1e-9 * Math.sqrt(variance)));
        assertThat(fleet.variance(0)).isCloseTo(variance, within(1e-9 * variance));
        assertThat(fleet.labelCounts()).isEqualTo(Vector.of(count, 0));
    }

    @Test
    void toStandardiser_constantOrUnseenColumn_getsScaleOne() {
        Standardiser constant = moments(new double[] {5, 5, 5}, 3, 0).toStandardiser(SCHEMA);
        assertThat(constant.featureMean()).isEqualTo(Vector.of(5));
        assertThat(constant.featureScale()).isEqualTo(Vector.of(1));
        assertThat(Moments.empty(SCHEMA).toStandardiser(SCHEMA).featureScale()).isEqualTo(Vector.of(1));
    }

    @Test
    void toStandardiser_smallUnitOrLargeConstant_isToldByRelativeDeviation() {
        double[] picofarads = {1e-12, 3e-12};
        assertThat(moments(picofarads, 1, 1)
                        .toStandardiser(SCHEMA)
                        .featureScale()
                        .get(0))
                .isCloseTo(1e-12, within(1e-20));
        Moments constant = moments(new double[] {0.1, 0.1, 0.1}, 3, 0)
                .merge(new Moments(Vector.of(7, Math.nextUp(0.1), 1e-33), Vector.of(7, 0)));
        assertThat(constant.toStandardiser(SCHEMA).featureScale()).isEqualTo(Vector.of(1));
    }

    @Test
    void toStandardiser_usesThePopulationDeviation() {
        assertThat(moments(new double[] {1, 3}, 1, 1).toStandardiser(SCHEMA).featureScale())
                .isEqualTo(Vector.of(1));
        assertThat(moments(new double[] {1, 5}, 1, 1).toStandardiser(SCHEMA).featureScale())
                .isEqualTo(Vector.of(2));
    }

    @Test
    void toStandardiser_regression_splitsFeaturesFromOutputs() {
        ModelSchema schema = new ModelSchema(
                0, Task.REGRESSION, List.of(Feature.unbounded("a")), List.of("v"), Optional.empty(), 20);
        Moments moments = new Moments(Vector.of(2, 1, 2, 2, 100, 50), Vector.zeros(0));
        assertThat(moments.toStandardiser(schema))
                .isEqualTo(new Standardiser(Vector.of(1), Vector.of(1), Vector.of(100), Vector.of(5)));
    }

    @Test
    void vector_thereAndBack_isTheSame() {
        Moments moments = moments(new double[] {1, 2, 4}, 2, 1);
        assertThat(Moments.of(SCHEMA, moments.toVector())).isEqualTo(moments);
        assertThatThrownBy(() -> Moments.of(SCHEMA, Vector.zeros(4))).hasMessage("moments length must be 5, was 4");
    }

    @Test
    void construct_impossibleMoments_areRefused() {
        assertThatThrownBy(() -> new Moments(Vector.of(-1, 0, 0), Vector.zeros(0)))
                .hasMessageContaining("columns[0]");
        assertThatThrownBy(() -> new Moments(Vector.of(1, Double.NaN, 0), Vector.zeros(0)))
                .hasMessageContaining("columns[1]");
        assertThatThrownBy(() -> new Moments(Vector.of(1, 0, -1), Vector.zeros(0)))
                .hasMessageContaining("columns[2]");
        assertThatThrownBy(() -> new Moments(Vector.zeros(3), Vector.of(-1))).hasMessageContaining("labelCounts[0]");
    }
}
