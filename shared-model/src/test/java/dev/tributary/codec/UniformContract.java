package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.MalformedMessageException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the codecs of a uniform step and a coder must do beyond {@link CodecContract}. */
abstract class UniformContract extends CodecContract {
    private static final Seed SEED = new Seed(7);

    abstract Encoding encoding();

    /** The bytes of the vector that docs/wire-protocol.md gives: x_i = ((7·i mod 11) − 5)/4 for i in [0, 20), seed 42. */
    abstract String protocolVector();

    @Test
    void encode_vectorOfTheProtocol_givesItsBytes() {
        Vector vector = Vector.of(java.util.stream.IntStream.range(0, 20)
                .mapToDouble(i -> (7 * i % 11 - 5) / 4.0)
                .toArray());
        Bytes bytes = codec().encode(vector, new Seed(42));
        assertThat(HexFormat.of().formatHex(bytes.toArray())).isEqualTo(protocolVector());
    }

    @Override
    Codec codec() {
        return Codecs.of(encoding()).orElseThrow();
    }

    /** The step that a vector gets, at most. */
    double step(Vector vector) {
        double rms = vector.norm() / Math.sqrt(vector.length());
        // bfloat16's rounding; and what is too small for a step decodes to zeros
        return encoding().step() * rms * (1 + 0x1.0p-8) + 2 * Float.MIN_NORMAL;
    }

    /** A length is not in the payload and a short one may be all there is; what is left over is seen. */
    @Test
    @Override
    void decode_wrongLength_isRefusedBeforeAllocation() {
        Bytes bytes = codec().encode(gaussian(300, 1), SEED);
        for (int length : new int[] {0, 1, 100}) {
            assertThatThrownBy(() -> codec().decode(bytes, length, SEED))
                    .as("length %d", length)
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("must");
        }
    }

    @Test
    void encode_zeros_takesNoBytes() {
        assertThat(codec().encode(Vector.zeros(1000), SEED)).isEqualTo(Bytes.empty());
        assertThat(codec().decode(Bytes.empty(), 1000, SEED)).isEqualTo(Vector.zeros(1000));
    }

    @Test
    void decode_stepThatIsNone_isRefused() {
        for (String step : new String[] {"0000", "7f00", "c07f", "807f", "80bf"}) {
            assertThatThrownBy(() -> codec().decode(Bytes.of(HexFormat.of().parseHex(step + "01")), 1, SEED))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("step must be a finite number above 0");
        }
        assertThatThrownBy(() -> codec().decode(Bytes.of((byte) 1), 1, SEED))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("must be empty or begin with a step");
    }

    @Test
    void encode_tooLarge_isRefused() {
        assertThatThrownBy(() -> codec().encode(Vector.of(1e300, 1e300), SEED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be finite and in the range of the encoding");
    }

    @Test
    void roundTrip_manyStepsAndLengths_staysWithinTheBound() {
        for (double step : new double[] {0.0625, 0.25, 1.4, 5, 16}) {
            Codec codec = Codecs.of(encoding().withStep(step)).orElseThrow();
            for (int length : new int[] {1, 2, 3, 17, 1000}) {
                Vector vector = gaussian(length, length);
                Vector decoded = codec.decode(codec.encode(vector, SEED), length, SEED);
                double rms = vector.norm() / Math.sqrt(length);
                for (int i = 0; i < length; i++) {
                    assertThat(Math.abs(decoded.get(i) - vector.get(i)))
                            .as("step %s, coordinate %d of %d", step, i, length)
                            .isLessThanOrEqualTo(step * rms * 1.01 + Math.abs(vector.get(i)) * 0.5);
                }
            }
        }
    }

    static Vector gaussian(int length, long seed) {
        Random random = new Random(seed);
        return Vector.of(
                random.doubles(length).map(ignored -> random.nextGaussian()).toArray());
    }
}
