package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Float16Test extends CodecContract {
    private static final Seed SEED = new Seed(0);

    @Override
    Codec codec() {
        return new Float16();
    }

    @Override
    double errorBound(Vector vector, int index) {
        return Math.max(0x1.0p-25, Math.abs(vector.get(index)) * 0x1.0p-11);
    }

    @Override
    double range() {
        return 65_504;
    }

    @Override
    String goldenBytes() {
        return "0000003c00bc0038191414c14056";
    }

    @Test
    void encode_valuesOfTheStandard_givesTheirBits() {
        Vector vector =
                Vector.of(65_504, 0x1.0p-14, 0x1.0p-24, -2, 1 + 0x1.0p-11, 1 + 0x1.8p-10, 0x1.0p-25, -0.0, 0x1.ff8p-15);
        assertThat(HexFormat.of().formatHex(codec().encode(vector, SEED).toArray()))
                .isEqualTo("ff7b" + "0004" + "0100" + "00c0" + "003c" + "023c" + "0000" + "0080" + "ff03");
    }

    @Test
    void roundTrip_allBits_isExact() {
        byte[] two = new byte[2];
        for (int bits = 0; bits < 1 << 16; bits++) {
            if ((bits & 0x7c00) != 0x7c00) {
                two[0] = (byte) bits;
                two[1] = (byte) (bits >>> 8);
                dev.tributary.model.Bytes payload = dev.tributary.model.Bytes.of(two);
                assertThat(codec().encode(codec().decode(payload, 1, SEED), SEED))
                        .isEqualTo(payload);
            }
        }
    }

    @Test
    void encode_aboveRange_isRefusedWithItsIndex() {
        for (double value : new double[] {65_520, -1e9}) {
            assertThatThrownBy(() -> codec().encode(Vector.of(0, value), SEED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("coordinate 1 must be finite and in the range of the encoding");
        }
        assertThat(codec().decode(codec().encode(Vector.of(65_519), SEED), 1, SEED))
                .isEqualTo(Vector.of(65_504));
    }
}
