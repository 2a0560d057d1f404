package dev.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StandardiserTest {
    private static final Standardiser STANDARDISER =
            new Standardiser(Vector.of(10), Vector.of(2), Vector.of(100), Vector.of(50));

    @Test
    void feature_isStandardisedClippedAndZeroWhereMissing() {
        assertThat(STANDARDISER.feature(0, 13, 3)).isEqualTo(1.5);
        assertThat(STANDARDISER.feature(0, 1e9, 3)).isEqualTo(3);
        assertThat(STANDARDISER.feature(0, Double.NEGATIVE_INFINITY, 3)).isEqualTo(-3);
        assertThat(STANDARDISER.feature(0, Double.NaN, 3)).isZero();
    }

    @Test
    void output_thereAndBack_isTheSame() {
        assertThat(STANDARDISER.output(0, 175)).isEqualTo(1.5);
        assertThat(STANDARDISER.rawOutput(0, STANDARDISER.output(0, 123.4))).isCloseTo(123.4, within(1e-12));
    }

    @Test
    void construct_scaleZeroOrNotFinite_isRefused() {
        assertThatThrownBy(() -> new Standardiser(Vector.of(1), Vector.of(0), Vector.zeros(0), Vector.zeros(0)))
                .hasMessage("featureScale[0] must be > 0, was 0.0");
        assertThatThrownBy(
                        () -> new Standardiser(Vector.of(Double.NaN), Vector.of(1), Vector.zeros(0), Vector.zeros(0)))
                .hasMessage("feature mean and scale must be finite");
        assertThatThrownBy(() -> new Standardiser(Vector.of(1), Vector.of(1), Vector.of(1), Vector.zeros(0)))
                .hasMessage("outputScale length must be 1, was 0");
    }
}
