package dev.tributary.coordinator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Vector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance tests of FedBuff. */
class FedBuffTest {
    private record Arrived(Vector delta, long staleness, long examples, double loss) {}

    @Test
    void conform_stalenessWeight_isOneForAFreshUpdateAndOneHalfAfterThreeVersions() {
        assertThat(FedBuff.weight(0)).isEqualTo(1);
        assertThat(FedBuff.weight(3)).isEqualTo(0.5);
        assertThat(FedBuff.weight(8)).isEqualTo(1 / 3.0);
        assertThatThrownBy(() -> FedBuff.weight(-1)).hasMessage("staleness must be >= 0, was -1");
    }

    @Test
    void conform_buffer_isDividedByTheNumberOfUpdatesAndNotByTheirWeights() {
        FedBuff sum = new FedBuff(2);
        sum.add(Vector.of(8, -4), 0, 1, 0);
        sum.add(Vector.of(4, 2), 3, 1000, 0);
        assertThat(sum.mean()).isEqualTo(Vector.of((8 + 4 * 0.5) / 2, (-4 + 2 * 0.5) / 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void conform_foldOrderAndGrouping_doNotChangeTheResult(long seed) {
        Random random = new Random(seed);
        List<Arrived> updates = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double[] delta = random.doubles(5, -1, 1)
                    .map(value -> value * Math.pow(10, random.nextInt(12) - 8))
                    .toArray();
            updates.add(new Arrived(
                    Vector.of(delta), random.nextInt(20), 1L + random.nextInt(1000), random.nextGaussian() * 1e3));
        }
        FedBuff inOrder = folded(updates);
        Collections.shuffle(updates, random);
        FedBuff grouped = new FedBuff(5);
        for (int from = 0; from < 40; ) {
            int to = Math.min(40, from + 1 + random.nextInt(12));
            grouped.merge(folded(updates.subList(from, to)));
            from = to;
        }
        assertThat(grouped.mean()).as("seed %d", seed).isEqualTo(inOrder.mean());
        assertThat(grouped.meanLoss()).as("seed %d", seed).isEqualTo(inOrder.meanLoss());
        assertThat(grouped.updates()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, -3.3333f, 1e-9f, 12345.678f, 0})
    void conform_equalFreshDeltas_leaveExactlyThatDelta(float value) {
        FedBuff sum = new FedBuff(1);
        for (int i = 1; i <= 50; i++) {
            sum.add(Vector.of(value), 0, i, 0);
        }
        assertThat(sum.mean()).isEqualTo(Vector.of(value));
    }

    @Test
    void conform_rejectedInputs_changeNothing() {
        FedBuff sum = new FedBuff(2);
        sum.add(Vector.of(1, 2), 0, 1, 0.5);
        assertThatThrownBy(() -> sum.add(Vector.of(1, 2), 0, 0, 0)).hasMessage("exampleCount must be > 0, was 0");
        assertThatThrownBy(() -> sum.add(Vector.of(1, 2), -1, 1, 0)).hasMessage("staleness must be >= 0, was -1");
        assertThatThrownBy(() -> sum.add(Vector.of(Double.NaN, 2), 0, 1, 0)).hasMessageContaining("finite");
        assertThatThrownBy(() -> sum.add(Vector.of(1, 2), 0, 1, Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> sum.add(Vector.of(1), 0, 1, 0)).hasMessageContaining("length");
        assertThatThrownBy(() -> sum.add(Vector.of(1, 1e19), 0, 1, 0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> sum.add(Vector.of(1, 2), 0, 1, 1e19)).isInstanceOf(ArithmeticException.class);
        assertThat(sum.mean()).isEqualTo(Vector.of(1, 2));
        assertThat(sum.meanLoss()).isEqualTo(0.5);
        assertThat(sum.updates()).isEqualTo(1);
    }

    @Test
    void mean_ofNothing_isRefused() {
        assertThatThrownBy(() -> new FedBuff(1).mean()).hasMessage("updates must be >= 1, was 0");
    }

    private static FedBuff folded(List<Arrived> updates) {
        FedBuff sum = new FedBuff(5);
        updates.forEach(one -> sum.add(one.delta(), one.staleness(), one.examples(), one.loss()));
        return sum;
    }
}
