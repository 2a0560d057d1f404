package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.protocol.Encoding;
import org.junit.jupiter.api.Test;

class CodecsTest {
    @Test
    void names_areInOrderOfNumbers() {
        assertThat(Codecs.names())
                .containsExactly(
                        "exact", "int8", "float64", "counts", "float16", "dither", "deadzone-ef", "ring", "stochastic");
        for (int id = 1; id <= 9; id++) {
            assertThat(Codecs.byId(id).orElseThrow().id()).isEqualTo(id);
            assertThat(Codecs.byId(id).orElseThrow().name())
                    .isEqualTo(Codecs.names().get(id - 1));
        }
    }

    @Test
    void deltaNames_areThoseThatMayLoseSomething() {
        assertThat(Codecs.deltaNames()).doesNotContain("float64", "counts").contains("exact", "int8", "dither");
    }

    @Test
    void unknown_isEmpty() {
        assertThat(Codecs.byId(0)).isEmpty();
        assertThat(Codecs.byId(200)).isEmpty();
        assertThat(Codecs.byName("EXACT")).isEmpty();
        assertThat(Codecs.of(Encoding.NONE)).isEmpty();
    }

    @Test
    void of_parametersThatItCannotHave_isEmpty() {
        assertThat(Codecs.of(Codecs.DITHER.withStep(0))).isEmpty();
        assertThat(Codecs.of(Codecs.DITHER.withStep(17))).isEmpty();
        assertThat(Codecs.of(Codecs.DEAD_ZONE.withStep(1e-4))).isEmpty();
        assertThat(Codecs.of(Codecs.RING.withBits(1))).isEmpty();
        assertThat(Codecs.of(Codecs.RING.withStep(0))).isEmpty();
    }

    @Test
    void encoding_parametersOutOfRange_isRefused() {
        assertThatThrownBy(() -> Encoding.of(256)).hasMessage("encoding id must be in [0, 255], was 256");
        assertThatThrownBy(() -> Encoding.of(6).withStep(Double.NaN))
                .hasMessage("encoding step must be finite and >= 0, was NaN");
        assertThatThrownBy(() -> Encoding.of(7).withDeadZone(0.6)).hasMessageContaining("deadZone must be in [0, 0.5]");
        assertThatThrownBy(() -> Encoding.of(8).withBits(33)).hasMessage("encoding bits must be in [0, 32], was 33");
    }
}
