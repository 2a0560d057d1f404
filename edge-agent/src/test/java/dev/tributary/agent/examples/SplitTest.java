package dev.tributary.agent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.learning.Examples.RawExample;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static List<RawExample> labelled(int... labels) {
        return IntStream.range(0, labels.length)
                .mapToObj(i -> new RawExample(new double[] {i}, new double[] {labels[i]}))
                .toList();
    }

    private static int[] positions(List<RawExample> rows) {
        return rows.stream().mapToInt(row -> (int) row.features()[0]).toArray();
    }

    @Test
    void timeOrdered_takesTheFirstSeventyPercentRoundedDown() {
        Split.Parts parts = Split.timeOrdered(labelled(new int[11]));
        assertThat(positions(parts.train())).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(positions(parts.test())).containsExactly(7, 8, 9, 10);
    }

    @Test
    void byClass_takesTheFirstOfEachClass_atLeastOne() {
        // Class 0 has 4 rows (round 2.8 = 3), class 1 has 3 (2.1: 2), class 2 has 1 (0.7: 1).
        Split.Parts parts = Split.byClass(3, labelled(0, 1, 0, 1, 0, 1, 0, 2));
        assertThat(positions(parts.train())).containsExactly(0, 1, 2, 3, 4, 7);
        assertThat(positions(parts.test())).containsExactly(5, 6);
    }

    @Test
    void byClass_halfRoundsToEven_asTheReferenceDoes() {
        assertThat(Split.byClass(1, labelled(new int[15])).train()).hasSize(10);
        assertThat(Split.byClass(1, labelled(new int[5])).train()).hasSize(4);
    }

    @Test
    void liveTrain_isSevenOfEachTen_forEver() {
        for (long block : new long[] {0, 1, 1L << 40}) {
            boolean[] train = new boolean[10];
            for (int i = 0; i < 10; i++) {
                train[i] = Split.liveTrain(block * 10 + i);
            }
            assertThat(Arrays.toString(train))
                    .isEqualTo("[true, true, true, true, true, true, true, false, false, false]");
        }
    }
}
