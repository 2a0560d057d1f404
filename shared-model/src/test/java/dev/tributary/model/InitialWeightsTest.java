package dev.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
    /** Computed with another implementation of SplitMix64 (Steele, Lea and Flood 2014), which SplittableRandom is. */
    private static final Vector KEPT = Vector.of(
            -0.38164094653792924,
            -1.6738944493784833,
            0,
            1.9633183529147322,
            0,
            0.4062738042765611,
            0,
            -0.23298618071122745,
            0);

    private static ModelSchema schema(int features, Architecture architecture) {
        List<Feature> names = IntStream.range(0, features)
                .mapToObj(j -> Feature.unbounded("f" + j))
                .toList();
        List<String> labels = List.of("a", "b", "c");
        return new ModelSchema(
                0, Task.CLASSIFICATION, names, labels, Optional.empty(), 3, Normalization.GLOBAL, architecture);
    }

    @Test
    void of_aLinearModel_isZeros() {
        ModelSchema schema = schema(4, Architecture.LINEAR);
        assertThat(InitialWeights.of(schema, new Seed(1))).isEqualTo(Weights.zeros(schema.layout()));
    }

    @Test
    void of_aPerceptron_isHesUniformWithBiasesOfZero() {
        int features = 40;
        int units = 500;
        Weights weights = InitialWeights.of(schema(features, new Architecture.Perceptron(units)), new Seed(1));
        check(weights, 0, units, features);
        check(weights, units * (features + 1), 3, units);
    }

    private static void check(Weights weights, int from, int rows, int inputs) {
        double bound = Math.sqrt(6.0 / inputs);
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < inputs; column++) {
                double weight = weights.values().get(from + row * (inputs + 1) + column);
                assertThat(weight).isBetween(-bound, bound);
                sum += weight;
                squares += weight * weight;
            }
            assertThat(weights.values().get(from + row * (inputs + 1) + inputs)).isZero();
        }
        int count = rows * inputs;
        assertThat(squares / count).isCloseTo(2.0 / inputs, within(4 * 2.0 / inputs / Math.sqrt(count)));
        assertThat(sum / count).isCloseTo(0, within(4 * Math.sqrt(2.0 / inputs / count)));
    }

    @Test
    void of_equalSeeds_givesTheKeptBits() {
        ModelSchema schema = schema(2, new Architecture.Perceptron(1));
        Weights weights = InitialWeights.of(schema, new Seed(7));
        assertThat(weights).isEqualTo(InitialWeights.of(schema, new Seed(7)));
        assertThat(weights).isNotEqualTo(InitialWeights.of(schema, new Seed(8)));
        assertThat(weights.values()).isEqualTo(KEPT);
    }
}
