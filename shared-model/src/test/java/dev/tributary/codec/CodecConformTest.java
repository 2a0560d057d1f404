package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements on codecs that theory makes. */
class CodecConformTest {
    private static final int SEEDS = 10_000;
    private static final int SOURCE = 100_000;

    static Stream<Encoding> unbiased() {
        return Stream.of(
                Codecs.DITHER.withStep(0.25),
                Codecs.DITHER,
                Codecs.DITHER.withStep(3.5),
                Codecs.STOCHASTIC.withStep(0.5),
                Codecs.STOCHASTIC.withStep(3),
                Codecs.RING.withStep(0.5).withBits(8));
    }

    private static Stream<Vector> anyData() {
        Random random = new Random(4);
        return Stream.of(
                UniformContract.gaussian(40, 1),
                Vector.of(random.doubles(40).map(u -> u < 0.8 ? 0 : u).toArray()),
                Vector.of(random.doubles(40).map(u -> Math.exp(8 * u)).toArray()),
                Vector.of(random.doubles(40).map(u -> 3).toArray()),
                Vector.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("unbiased")
    void conform_unbiasedCodecs_meanOverSeedsIsWithinFourStandardErrors(Encoding encoding) {
        Codec codec = Codecs.of(encoding).orElseThrow();
        Vector vector = Vector.of(0, 1, -1, 0.5, 0.2, -2.54, 3.2, 0.05, 0, 0.9, -0.9);
        int length = vector.length();
        double[] sum = new double[length];
        double[] square = new double[length];
        for (int seed = 0; seed < SEEDS; seed++) {
            // Seeds come from SHA-256 and are not neighbours.
            Seed drawn = new Seed(new SplitMix64(new Seed(seed)).nextLong());
            Vector decoded = codec.decode(codec.encode(vector, drawn), length, drawn);
            for (int i = 0; i < length; i++) {
                double error = decoded.get(i) - vector.get(i);
                sum[i] += error;
                square[i] += error * error;
            }
        }
        for (int i = 0; i < length; i++) {
            double standardError = Math.sqrt(square[i] / SEEDS / SEEDS);
            assertThat(Math.abs(sum[i] / SEEDS))
                    .as("mean error of coordinate %d, standard error %s", i, standardError)
                    .isLessThanOrEqualTo(4 * standardError);
        }
    }

    @Test
    void conform_ditherError_isAtMostStepSquaredOverTwelveOnAnyData() {
        for (double step : new double[] {0.25, 1, 2.8}) {
            Codec codec = Codecs.of(Codecs.DITHER.withStep(step)).orElseThrow();
            anyData().forEach(vector -> {
                double error = 0;
                for (int seed = 0; seed < SEEDS; seed++) {
                    Seed drawn = new Seed(new SplitMix64(new Seed(seed)).nextLong());
                    Vector decoded = codec.decode(codec.encode(vector, drawn), vector.length(), drawn);
                    error += Math.pow(decoded.minus(vector).norm() / vector.norm(), 2) / SEEDS;
                }
                assertThat(error).as("step %s of %s", step, vector).isLessThanOrEqualTo(step * step / 12 * 1.05);
            });
        }
    }

    @Test
    void conform_codedSize_isAtMostTheEntropyAndThreePercentAndEightBytes() {
        for (int length : new int[] {1, 10, 60, 300, 954, 3400, 20_000}) {
            for (double scale : new double[] {0.01, 0.1, 0.3, 0.7, 2, 4, 6}) {
                for (Shape shape : Shape.values()) {
                    int[] levels = shape.draw(length, scale);
                    byte[] coded = new RangeCoder().encode(levels, new byte[length]);
                    assertThat((double) coded.length)
                            .as("bytes of %d levels, %s, scale %s", length, shape, scale)
                            .isLessThanOrEqualTo(idealBytes(levels, shape, scale) * 1.03 + 8);
                }
            }
        }
    }

    /** Where levels come from. */
    private enum Shape {
        GAUSSIAN,
        LAPLACE;

        int[] draw(int length, double scale) {
            Random random = new Random(length);
            int[] levels = new int[length];
            for (int i = 0; i < length; i++) {
                double laplace = -Math.log(1 - random.nextDouble()) * (random.nextBoolean() ? 0.7 : -0.7);
                levels[i] = (int) Math.rint(scale * (this == GAUSSIAN ? random.nextGaussian() : laplace));
            }
            return levels;
        }
    }

    /** The bytes that an ideal code for the levels' own distribution would take for these. */
    private static double idealBytes(int[] levels, Shape shape, double scale) {
        Map<Integer, Integer> counts = new HashMap<>();
        int[] source = shape.draw(SOURCE, scale);
        for (int level : source) {
            counts.merge(level, 1, Integer::sum);
        }
        double bits = 0;
        for (int level : levels) {
            bits -= Math.log(counts.getOrDefault(level, 1) / (double) SOURCE) / Math.log(2);
        }
        return bits / Byte.SIZE;
    }

    @Test
    void conform_ditherHint_savesWhatTheNoiseTells() {
        Vector vector = UniformContract.gaussian(20_000, 8);
        Bytes coded = Codecs.of(Codecs.DITHER.withStep(2.8)).orElseThrow().encode(vector, new Seed(3));
        // H(q) is 1.15 bits; I(x; x + noise) = H(q|v), what entropy-coded dithered quantisation needs, 0.92.
        assertThat(coded.size() * 8.0 / vector.length()).isBetween(0.90, 0.96);
    }

    @Test
    void conform_threeBytes_decodeToAnyLengthAndNeverPastIt() {
        Bytes three = Bytes.of((byte) 0x80, (byte) 0x3f, (byte) 0x55);
        for (Encoding encoding : new Encoding[] {Codecs.DITHER, Codecs.DEAD_ZONE}) {
            Codec codec = Codecs.of(encoding).orElseThrow();
            for (int length : new int[] {1, 954, 1_000_000}) {
                Vector decoded = codec.decode(three, length, new Seed(1));
                assertThat(decoded.length()).isEqualTo(length);
                assertThat(decoded.isFinite()).isTrue();
            }
        }
    }
}
