package dev.tributary.coordinator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Vector;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPointSumTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, 0.5, -0.1, 1e-10, -1e-18, 123456.789, -9e17, 0x1p-64, -0x1p-64, 0x1p62})
    void get_oneContribution_isItsRoundingToTheGrid(double value) {
        FixedPointSum sum = new FixedPointSum(1);
        sum.add(Vector.of(value), 1);
        assertThat(sum.get(0))
                .isEqualTo(new BigDecimal(value)
                        .multiply(BigDecimal.valueOf(2).pow(64))
                        .setScale(0, java.math.RoundingMode.HALF_EVEN)
                        .divide(BigDecimal.valueOf(2).pow(64))
                        .doubleValue());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sum_randomContributions_isThatOfExactArithmetic(long seed) {
        Random random = new Random(seed);
        FixedPointSum sum = new FixedPointSum(1);
        BigDecimal exact = BigDecimal.ZERO;
        long weights = 0;
        for (int i = 0; i < 1000; i++) {
            // A float32 that is not too small is a multiple of 2^-64, so nothing is rounded.
            float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(6)));
            long weight = 1L + random.nextInt(1_000_000);
            sum.add(Vector.of(value), weight);
            exact = exact.add(new BigDecimal(value).multiply(BigDecimal.valueOf(weight)));
            weights += weight;
        }
        assertThat(sum.get(0)).as("seed %d", seed).isEqualTo(exact.doubleValue());
        assertThat(sum.dividedBy(weights).get(0))
                .as("seed %d", seed)
                .isEqualTo(exact.divide(BigDecimal.valueOf(weights), new MathContext(60))
                        .doubleValue());
    }

    @Test
    void add_beyondTheRange_throwsAndChangesNothing() {
        FixedPointSum sum = new FixedPointSum(2);
        sum.add(Vector.of(1, 0x1.8p62), 1);
        assertThatThrownBy(() -> sum.add(Vector.of(1, 0x1.8p62), 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> sum.add(Vector.of(1, 1e15), 1_000_000)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> sum.add(Vector.of(1, Double.NaN), 1)).isInstanceOf(ArithmeticException.class);
        assertThat(sum.get(0)).isEqualTo(1);
        assertThat(sum.get(1)).isEqualTo(0x1.8p62);
    }

    @Test
    void add_wrongLengthOrWeight_isRefused() {
        FixedPointSum sum = new FixedPointSum(2);
        assertThatThrownBy(() -> sum.add(Vector.of(1), 1)).hasMessage("length must be 2, was 1");
        assertThatThrownBy(() -> sum.add(Vector.of(1, 2), 0)).hasMessage("weight must be >= 1, was 0");
    }
}
