package dev.tributary.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Vector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactMeanTest {
    private static float only(ExactMean mean, float base) {
        return mean.appliedTo(new float[] {base})[0];
    }

    @Test
    void appliedTo_handMadeNumbers_isTheWeightedMean() {
        ExactMean mean = ExactMean.ofLength(1).plus(Vector.of(1), 1, 1).plus(Vector.of(5), 3, 1);
        assertThat(only(mean, 0)).isEqualTo(4f);
        assertThat(only(mean, -1)).isEqualTo(3f);
        assertThat(only(mean.plus(Vector.of(5), 3, -1), 0)).isEqualTo(1f);
    }

    @Test
    void plus_belowTheUnit_isRoundedHalfToEven() {
        // 1.5 units become 2, 0.5 units none, -1.5 units -2.
        assertThat(only(ExactMean.ofLength(1).plus(Vector.of(0x1.8p-64), 1, 1), 0))
                .isEqualTo(0x1p-63f);
        assertThat(only(ExactMean.ofLength(1).plus(Vector.of(0x1p-65), 1, 1), 0))
                .isZero();
        assertThat(only(ExactMean.ofLength(1).plus(Vector.of(-0x1.8p-64), 1, 1), 0))
                .isEqualTo(-0x1p-63f);
    }

    @Test
    void appliedTo_quotientThatIsNoDouble_isTheNearest() {
        ExactMean third = ExactMean.ofLength(1).plus(Vector.of(1), 1, 1).plus(Vector.of(0), 2, 1);
        assertThat(only(third, 0)).isEqualTo((float) (1 / 3.0));
    }

    @Test
    void plus_anyOrder_givesTheSameBits() {
        Random random = new Random(5);
        List<double[]> parts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            parts.add(new double[] {
                random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10), 1 + random.nextInt(500)
            });
        }
        float first = only(sum(parts), 0.25f);
        Collections.shuffle(parts, random);
        assertThat(only(sum(parts), 0.25f)).isEqualTo(first);
    }

    private static ExactMean sum(List<double[]> parts) {
        ExactMean mean = ExactMean.ofLength(1);
        for (double[] part : parts) {
            mean = mean.plus(Vector.of(part[0]), (long) part[1], 1);
        }
        return mean;
    }

    @Test
    void appliedTo_largeValues_staysExact() {
        ExactMean mean =
                ExactMean.ofLength(1).plus(Vector.of(1e15 + 0.125), 1, 1).plus(Vector.of(-1e15), 1, 1);
        assertThat(only(mean, 0)).isEqualTo(0.0625f);
    }

    @Test
    void appliedTo_nothing_isRefused() {
        assertThatThrownBy(() -> only(ExactMean.ofLength(1), 0)).isInstanceOf(IllegalStateException.class);
    }
}
