package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.MalformedMessageException;
import org.junit.jupiter.api.Test;

class CountsTest extends CodecContract {
    private static final Seed SEED = new Seed(0);

    @Override
    Codec codec() {
        return new Counts();
    }

    @Override
    double errorBound(Vector vector, int index) {
        return 0;
    }

    @Override
    String goldenBytes() {
        return "01010200000000000000f0bf00000000000000e03f00fca9f1d24d62503f0052b81e85eb5104c065";
    }

    @Test
    void encode_confusionCounts_isMuchSmallerThanFloat64() {
        long[][] confusion = new long[18][18];
        for (int i = 0; i < 18; i++) {
            confusion[i][i] = 5;
            confusion[i][(i + 3) % 18] = 1;
        }
        Evaluation evaluation = Evaluation.ofDevice(confusion, 12.5);
        Bytes bytes = new Counts().encode(evaluation.sums(), SEED);
        assertThat(bytes.size()).isLessThan(evaluation.sums().length() * Double.BYTES / 10);
        assertThat(new Counts().decode(bytes, evaluation.sums().length(), SEED)).isEqualTo(evaluation.sums());
    }

    @Test
    void decode_runThatDoesNotFit_isRefusedBeforeAnythingGrows() {
        Bytes bomb = Bytes.of((byte) 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0x7f);
        assertThatThrownBy(() -> new Counts().decode(bomb, 10, SEED))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("a run must be of 1 to 10 zeros");
    }

    /** The length of a payload says nothing of its coordinates here; what is missing or too much shows while reading. */
    @Test
    @Override
    void decode_wrongLength_isRefusedBeforeAllocation() {
        Bytes bytes = new Counts().encode(Vector.of(0, 1, -1, 0.5, 100), SEED);
        for (int length : new int[] {0, 1, 4, 6, 1000}) {
            assertThatThrownBy(() -> new Counts().decode(bytes, length, SEED))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("must");
        }
    }

    @Test
    void roundTrip_negativeZero_keepsItsSign() {
        Vector vector = Vector.of(-0.0, 0.0, 1e300);
        assertThat(new Counts().decode(new Counts().encode(vector, SEED), 3, SEED))
                .isEqualTo(vector);
    }
}
