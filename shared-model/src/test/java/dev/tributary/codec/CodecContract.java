package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.MalformedMessageException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every encoding must do. */
abstract class CodecContract {
    private static final Seed SEED = new Seed(42);

    /** The encoding to test. */
    abstract Codec codec();

    /** How far coordinate {@code index} of {@code vector} may be off after a round trip. */
    abstract double errorBound(Vector vector, int index);

    /** The hexadecimal bytes of {@link #golden()}. */
    abstract String goldenBytes();

    /** The largest coordinate that this encoding takes. */
    double range() {
        return Float.MAX_VALUE;
    }

    /** Whether equal coordinates decode to equal ones, and not to ones with different noise. */
    boolean keepsEquality() {
        return true;
    }

    static Vector golden() {
        return Vector.of(0, 1, -1, 0.5, 1e-3, -2.54, 100);
    }

    private Vector roundTrip(Vector vector) {
        return codec().decode(codec().encode(vector, SEED), vector.length(), SEED);
    }

    private void assertClose(Vector vector) {
        Vector decoded = roundTrip(vector);
        assertThat(decoded.length()).isEqualTo(vector.length());
        for (int i = 0; i < vector.length(); i++) {
            assertThat(Math.abs(decoded.get(i) - vector.get(i)))
                    .as("error of coordinate %d of %d, %s", i, vector.length(), vector.get(i))
                    .isLessThanOrEqualTo(errorBound(vector, i));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void roundTrip_randomVectors_staysWithinTheBound(long seed) {
        Random random = new Random(seed);
        for (int length : new int[] {1, 2, 63, 64, 65, 127, 128, 129, 1000}) {
            double magnitude = Math.min(range(), Math.pow(10, random.nextInt(-20, 20)));
            assertClose(Vector.of(random.doubles(length, -magnitude, magnitude).toArray()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 65, 1000})
    void roundTrip_zeros_isExact(int length) {
        assertThat(roundTrip(Vector.zeros(length))).isEqualTo(Vector.zeros(length));
    }

    @Test
    void roundTrip_lengthOne_staysWithinTheBound() {
        for (double value : new double[] {1, -1, 1e-30, -3e30, 0.1, Float.MIN_VALUE}) {
            assertClose(Vector.of(Math.max(-range(), value)));
        }
    }

    @Test
    void roundTrip_allEqual_staysWithinTheBound() {
        double[] values = new double[130];
        Arrays.fill(values, -0.3);
        assertClose(Vector.of(values));
        Vector decoded = roundTrip(Vector.of(values));
        if (keepsEquality()) {
            assertThat(Arrays.stream(decoded.toArray()).distinct().count()).isEqualTo(1);
        }
    }

    @Test
    void encode_goldenVector_givesTheBytesOfVersion1() {
        Bytes bytes = codec().encode(golden(), SEED);
        assertThat(HexFormat.of().formatHex(bytes.toArray())).isEqualTo(goldenBytes());
        assertClose(golden());
    }

    @Test
    void encode_twice_givesTheSameBytes() {
        assertThat(codec().encode(golden(), SEED)).isEqualTo(codec().encode(golden(), SEED));
    }

    @Test
    void encode_notFinite_isRefused() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> codec().encode(Vector.of(1, value, 1), SEED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be finite");
        }
    }

    @Test
    void decode_wrongLength_isRefusedBeforeAllocation() {
        Bytes bytes = codec().encode(golden(), SEED);
        for (int length : new int[] {0, 1, 6, 8, 1000, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> codec().decode(bytes, length, SEED))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("of " + length + " coordinates must have");
        }
        assertThatThrownBy(() -> codec().decode(Bytes.empty(), 7, SEED)).isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void decode_hostileBytes_endsInOneExceptionOrAFiniteVector(long seed) {
        Random random = new Random(seed);
        byte[] valid = codec().encode(golden(), SEED).toArray();
        for (int i = 0; i < 2000; i++) {
            byte[] hostile = valid.clone();
            if (i % 2 == 0) {
                random.nextBytes(hostile);
            } else {
                hostile[random.nextInt(hostile.length)] = (byte) random.nextInt();
            }
            byte[] bytes =
                    Arrays.copyOf(hostile, Math.max(0, hostile.length + (i % 5 == 0 ? random.nextInt(9) - 4 : 0)));
            try {
                Vector decoded = codec().decode(Bytes.of(bytes), golden().length(), SEED);
                assertThat(decoded.isFinite()).isTrue();
                assertThat(decoded.length()).isEqualTo(golden().length());
            } catch (MalformedMessageException e) {
                assertThat(e).hasMessageContaining("must");
            }
        }
    }

    @Test
    void idAndName_leadBackToTheCodec() {
        assertThat(Codecs.byId(codec().id()).orElseThrow().name()).isEqualTo(codec().name());
        assertThat(Codecs.byName(codec().name()).orElseThrow().id()).isEqualTo(codec().id());
        assertThat(Codecs.names()).contains(codec().name());
    }
}
