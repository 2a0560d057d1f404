package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import org.junit.jupiter.api.Test;

class Float32Test extends CodecContract {
    @Override
    Codec codec() {
        return new Float32();
    }

    @Override
    double errorBound(Vector vector, int index) {
        return Math.ulp((float) vector.get(index)) / 2.0;
    }

    @Override
    String goldenBytes() {
        return "000000000000803f000080bf0000003f6f12833a5c8f22c00000c842";
    }

    @Test
    void encode_aboveFloatRange_isRefusedWithItsIndex() {
        assertThatThrownBy(() -> codec().encode(Vector.of(0, 1e39), new Seed(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("coordinate 1 must be finite and in the range of the encoding, was 1.0E39");
    }

    @Test
    void roundTrip_floats_isExact() {
        Vector floats = Vector.of(0.1f, -3e38f, Float.MIN_VALUE, 1);
        assertThat(codec().decode(codec().encode(floats, new Seed(0)), 4, new Seed(0)))
                .isEqualTo(floats);
    }
}
