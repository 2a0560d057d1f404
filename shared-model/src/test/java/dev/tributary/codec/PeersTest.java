package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The peers are what their papers say, or a comparison with them would say nothing. */
class PeersTest {
    private static double error(Vector vector, Vector decoded) {
        return Math.pow(decoded.minus(vector).norm() / vector.norm(), 2);
    }

    /** vNMSE of the unbiased scale: D/(1 − D) for a quantiser of distortion D; 1 bit: π/2 − 1. */
    @ParameterizedTest
    @CsvSource({"1, 0.5708", "2, 0.1331", "3, 0.0358", "4, 0.0096"})
    void eden_gaussianVector_hasTheErrorOfThePaper(int bits, double expected) {
        Vector vector = UniformContract.gaussian(1 << 15, 3);
        double error = error(vector, new Eden(bits, true).roundTrip(vector, new Seed(9)));
        assertThat(error).isCloseTo(expected, within(0.03 * expected));
    }

    @Test
    void eden_leastErrorScale_isBelowTheUnbiasedOne() {
        Vector vector = UniformContract.gaussian(1 << 12, 3);
        double biased = error(vector, new Eden(1, false).roundTrip(vector, new Seed(9)));
        assertThat(biased).isCloseTo(1 - 2 / Math.PI, within(0.02));
    }

    @Test
    void eden_zeros_decodeToZeros() {
        assertThat(new Eden(2, true).roundTrip(Vector.zeros(100), new Seed(1))).isEqualTo(Vector.zeros(100));
    }

    @Test
    void lloydMax_fourLevels_areThoseOfTheTables() {
        assertThat(Eden.lloydMax(4)).containsExactly(new double[] {-1.5104, -0.4528, 0.4528, 1.5104}, within(1e-4));
    }

    @Test
    void qsgd_isUnbiased_andItsErrorIsBelowTheBoundOfThePaper() {
        Vector vector = UniformContract.gaussian(100, 3);
        double levels = 10;
        Vector sum = Vector.zeros(100);
        double error = 0;
        int seeds = 4000;
        for (int seed = 0; seed < seeds; seed++) {
            Vector decoded = new Qsgd(levels)
                    .roundTrip(vector, new Seed(new SplitMix64(new Seed(seed)).nextLong()))
                    .decoded();
            sum = sum.plus(decoded);
            error += error(vector, decoded) / seeds;
        }
        assertThat(error).isLessThanOrEqualTo(Math.min(100 / (levels * levels), Math.sqrt(100) / levels));
        double bias = 0;
        for (int i = 0; i < 100; i++) {
            bias += Math.pow(sum.get(i) / seeds - vector.get(i), 2);
        }
        // the mean over the seeds is wrong by its own standard error alone
        assertThat(bias).isLessThan(1.6 * error * vector.norm() * vector.norm() / seeds);
    }

    @Test
    void qsgd_bits_areElias() {
        Qsgd.Coded coded = new Qsgd(4).roundTrip(Vector.of(1, 0), new Seed(1));
        // level 4: gamma(5) is 5 bits and a sign; level 0: gamma(1) is 1 bit
        assertThat(coded.bits()).isEqualTo(32 + 6 + 1);
        assertThat(coded.decoded()).isEqualTo(Vector.of(1, 0));
    }
}
