package dev.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VectorTest {
    @Test
    void arrays_areCopiedInAndOut() {
        double[] in = {1, 2};
        Vector vector = Vector.of(in);
        in[0] = 9;
        vector.toArray()[1] = 9;
        assertThat(vector).isEqualTo(Vector.of(1, 2));
    }

    @Test
    void arithmetic_isByCoordinate() {
        assertThat(Vector.of(1, 2).plus(Vector.of(10, 20))).isEqualTo(Vector.of(11, 22));
        assertThat(Vector.of(1, 2).minus(Vector.of(10, 20))).isEqualTo(Vector.of(-9, -18));
        assertThat(Vector.of(3, 4).norm()).isEqualTo(5);
        assertThat(Vector.of(0.1).roundedToFloat32()).isEqualTo(Vector.of(0.1f));
    }

    @Test
    void lengthsThatDiffer_areRefused() {
        assertThatThrownBy(() -> Vector.of(1).plus(Vector.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length must be equal, was 1 and 2");
        assertThatThrownBy(() -> Vector.of(1).minus(Vector.of(1, 2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Vector.zeros(-1)).hasMessage("length must be >= 0, was -1");
    }

    @Test
    void isFinite_oneBadCoordinate_isFalse() {
        assertThat(Vector.of(1, 2).isFinite()).isTrue();
        assertThat(Vector.of(1, Double.NaN).isFinite()).isFalse();
        assertThat(Vector.of(Double.NEGATIVE_INFINITY, 1).isFinite()).isFalse();
    }

    @Test
    void copyInto_writesFromTheOffset() {
        double[] target = new double[4];
        Vector.of(1, 2).copyInto(target, 1);
        assertThat(target).containsExactly(0, 1, 2, 0);
    }

    @Test
    void builder_afterItBuilt_changesNothing() {
        Vector.Builder builder = Vector.builder(2);
        builder.set(1, 5);
        Vector built = builder.build();
        assertThat(built).isEqualTo(Vector.of(0, 5));
        assertThatThrownBy(() -> builder.set(1, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(built).isEqualTo(Vector.of(0, 5));
    }
}
