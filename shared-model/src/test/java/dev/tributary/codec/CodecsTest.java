package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodecsTest {
    @Test
    void names_areInOrderOfNumbers() {
        assertThat(Codecs.names()).containsExactly("exact", "int8", "float64", "counts");
        assertThat(Codecs.byId(1).orElseThrow().name()).isEqualTo("exact");
        assertThat(Codecs.byId(2).orElseThrow().name()).isEqualTo("int8");
        assertThat(Codecs.byId(3).orElseThrow().name()).isEqualTo("float64");
    }

    @Test
    void unknown_isEmpty() {
        assertThat(Codecs.byId(0)).isEmpty();
        assertThat(Codecs.byName("EXACT")).isEmpty();
    }
}
