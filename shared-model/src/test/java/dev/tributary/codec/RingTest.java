package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest extends CodecContract {
    private static final double STEP = 0.01;

    @Override
    Ring codec() {
        return new Ring(STEP, 16);
    }

    @Override
    double errorBound(Vector vector, int index) {
        return STEP / 2 * Math.sqrt(vector.length()) + vector.norm() * 1e-13;
    }

    @Override
    double range() {
        return STEP * 32_767 / Math.sqrt(1000);
    }

    @Override
    boolean keepsEquality() {
        return false;
    }

    @Override
    String goldenBytes() {
        return "2bf67109a409f2f61314161305ec";
    }

    /** Zeros are dithered too: the coordinator must not see which devices had nothing to say. */
    @Override
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 65, 1000})
    void roundTrip_zeros_isExact(int length) {
        Seed seed = new Seed(1);
        Vector decoded = codec().decode(codec().encode(Vector.zeros(length), seed), length, seed);
        for (int i = 0; i < length; i++) {
            assertThat(Math.abs(decoded.get(i))).isLessThanOrEqualTo(errorBound(Vector.zeros(length), i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 954})
    void conform_sumOfPayloads_decodesToTheSumOfTheVectors(int length) {
        int devices = 100;
        Bytes sum = Bytes.of(new byte[2 * length]);
        Vector expected = Vector.zeros(length);
        List<Seed> seeds = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            Vector vector = UniformContract.gaussian(length, device);
            Seed seed = new Seed(1000L + device);
            sum = codec().add(sum, codec().encode(vector, seed), length);
            expected = expected.plus(vector);
            seeds.add(seed);
        }
        double error = codec().decodeSum(sum, length, seeds).minus(expected).norm();
        // Each rounding error is uniform: step²/12 for each device and coordinate.
        assertThat(error * error).isLessThan(STEP * STEP / 12 * devices * length * (1 + 6 / Math.sqrt(length)));
    }

    @Test
    void sum_beyondTheRing_wraps() {
        Ring ring = new Ring(1, 4);
        Bytes six = ring.encode(Vector.of(6), new Seed(1));
        Vector sum = ring.decodeSum(ring.add(six, six, 1), 1, List.of(new Seed(1), new Seed(1)));
        assertThat(sum.get(0)).isCloseTo(12 - 16, org.assertj.core.data.Offset.offset(1.0));
    }

    @Test
    void encode_beyondTheRing_isRefused() {
        assertThatThrownBy(() -> codec().encode(Vector.of(328), new Seed(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be finite and in the range of the encoding, which is 327.67");
    }
}
