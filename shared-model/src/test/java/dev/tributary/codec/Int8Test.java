package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.MalformedMessageException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Int8Test extends CodecContract {
    private static final Seed SEED = new Seed(0);

    @Override
    Codec codec() {
        return new Int8();
    }

    @Override
    double errorBound(Vector vector, int index) {
        double largest = 0;
        int start = index / Int8.BLOCK * Int8.BLOCK;
        for (int i = start; i < Math.min(start + Int8.BLOCK, vector.length()); i++) {
            largest = Math.max(largest, Math.abs(vector.get(i)));
        }
        // Half a step; the scale's own rounding; and what is too small for a scale becomes 0.
        return largest / 254 * (1 + 1e-5) + 64 * Float.MIN_VALUE;
    }

    @Override
    String goldenBytes() {
        return "2693493f" + "0001ff0100fd7f";
    }

    @Test
    void encode_twoBlocks_eachHasItsScale() {
        double[] values = new double[66];
        values[0] = 127;
        values[64] = -254;
        values[65] = 2;
        Bytes bytes = codec().encode(Vector.of(values), SEED);
        assertThat(bytes.size()).isEqualTo(66 + 2 * 4);
        assertThat(codec().decode(bytes, 66, SEED)).isEqualTo(Vector.of(values));
    }

    @Test
    void encode_tie_goesToTheEvenLevel() {
        assertThat(codec().decode(codec().encode(Vector.of(127, 0.5, 1.5, -2.5), SEED), 4, SEED))
                .isEqualTo(Vector.of(127, 0, 2, -2));
    }

    @Test
    void decode_scaleNotFiniteOrNegative_isRefused() {
        for (String scale : new String[] {"0000c07f", "0000807f", "000080ff", "000080bf"}) {
            assertThatThrownBy(() -> codec().decode(Bytes.of(HexFormat.of().parseHex(scale + "01")), 1, SEED))
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void decode_levelBelowRange_isRefused() {
        assertThatThrownBy(() -> codec().decode(Bytes.of(HexFormat.of().parseHex("0000803f80")), 1, SEED))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("level of coordinate 0 must be >= -127, was -128");
    }
}
