package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 60, 954, 3400})
    void rotateBack_afterRotate_givesTheVectorAndRotateKeepsItsNorm(int length) {
        Vector vector = UniformContract.gaussian(length, 3);
        double[] values = vector.toArray();
        Rotation rotation = new Rotation(length, new Seed(5));
        rotation.rotate(values);
        assertThat(Vector.of(values).norm()).isCloseTo(vector.norm(), within(1e-9));
        rotation.rotateBack(values);
        assertThat(Vector.of(values).minus(vector).norm()).isLessThan(1e-12 * (1 + vector.norm()));
    }

    @Test
    void rotate_oneLargeCoordinate_spreadsItOverAll() {
        double[] values = new double[954];
        values[900] = 954;
        new Rotation(954, new Seed(1)).rotate(values);
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        // Spread evenly it would be √954 = 31 everywhere.
        assertThat(largest).isLessThan(5 * Math.sqrt(954));
    }

    @Test
    void rotate_lengthFour_isTheHadamardMatrixOverTwoAfterTheFlips() {
        SplitMix64 random = new SplitMix64(new Seed(9));
        long bits = random.nextLong();
        double[] expected = new double[4];
        int[][] hadamard = {{1, 1, 1, 1}, {1, -1, 1, -1}, {1, 1, -1, -1}, {1, -1, -1, 1}};
        double[] values = {1, 2, 3, 5};
        for (int row = 0; row < 4; row++) {
            for (int i = 0; i < 4; i++) {
                expected[row] += hadamard[row][i] * (((bits >>> i) & 1) == 1 ? -values[i] : values[i]) / 2;
            }
        }
        new Rotation(4, new Seed(9)).rotate(values);
        assertThat(values).containsExactly(expected, within(1e-12));
    }
}
