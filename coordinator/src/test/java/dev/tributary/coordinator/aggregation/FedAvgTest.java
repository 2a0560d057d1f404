package dev.tributary.coordinator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.Vector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance tests of FedAvg. */
class FedAvgTest {
    private record Contribution(Vector delta, long examples, long correct, double loss) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void conform_foldOrderAndGrouping_doNotChangeTheResult(long seed) {
        Random random = new Random(seed);
        List<Contribution> contributions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double[] delta = random.doubles(5, -1, 1)
                    .map(value -> value * Math.pow(10, random.nextInt(12) - 8))
                    .toArray();
            contributions.add(new Contribution(
                    Vector.of(delta), 1L + random.nextInt(1000), random.nextInt(2), random.nextGaussian() * 1e3));
        }
        FedAvg inOrder = folded(contributions);
        Collections.shuffle(contributions, random);
        FedAvg grouped = new FedAvg(5);
        for (int from = 0; from < 40; ) {
            int to = Math.min(40, from + 1 + random.nextInt(12));
            grouped.merge(folded(contributions.subList(from, to)));
            from = to;
        }
        assertThat(grouped.mean()).as("seed %d", seed).isEqualTo(inOrder.mean());
        assertThat(grouped.meanLoss()).as("seed %d", seed).isEqualTo(inOrder.meanLoss());
        assertThat(grouped.contributors()).isEqualTo(40);
        assertThat(grouped.accuracy()).isEqualTo(inOrder.accuracy());
    }

    @Test
    void conform_weights_sumToOneOverThoseThatArrived() {
        FedAvg sum = new FedAvg(1);
        sum.add(Vector.of(1), 30, 0, 0);
        sum.add(Vector.of(5), 10, 0, 0);
        assertThat(sum.mean()).isEqualTo(Vector.of(2));
        assertThat(sum.examples()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, -3.3333f, 1e-9f, 12345.678f, 0})
    void conform_equalDeltas_leaveExactlyThatDelta(float value) {
        FedAvg sum = new FedAvg(1);
        for (int i = 1; i <= 50; i++) {
            sum.add(Vector.of(value), 7L * i + 3, 0, 0);
        }
        assertThat(sum.mean()).isEqualTo(Vector.of(value));
    }

    @Test
    void conform_rejectedInputs_changeNothing() {
        FedAvg sum = new FedAvg(2);
        sum.add(Vector.of(1, 2), 1, 0, 0.5);
        assertThatThrownBy(() -> sum.add(Vector.of(1, 2), 0, 0, 0)).hasMessage("exampleCount must be > 0, was 0");
        assertThatThrownBy(() -> sum.add(Vector.of(1, 2), -1, 0, 0)).hasMessage("exampleCount must be > 0, was -1");
        assertThatThrownBy(() -> sum.add(Vector.of(Double.NaN, 2), 1, 0, 0)).hasMessageContaining("finite");
        assertThatThrownBy(() -> sum.add(Vector.of(1, Double.NEGATIVE_INFINITY), 1, 0, 0))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> sum.add(Vector.of(1, 2), 1, 0, Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> sum.add(Vector.of(1), 1, 0, 0)).hasMessageContaining("length");
        assertThat(sum.mean()).isEqualTo(Vector.of(1, 2));
        assertThat(sum.meanLoss()).isEqualTo(0.5);
        assertThat(sum.contributors()).isEqualTo(1);
    }

    @Test
    void meanLoss_isPerExample() {
        FedAvg sum = new FedAvg(1);
        sum.add(Vector.of(0), 10, 5, 20);
        sum.add(Vector.of(0), 30, 25, 20);
        assertThat(sum.meanLoss()).isEqualTo(1);
        assertThat(sum.accuracy()).isCloseTo(0.75, within(1e-15));
    }

    @Test
    void mean_ofNothing_isRefused() {
        assertThatThrownBy(() -> new FedAvg(1).mean()).hasMessage("contributors must be >= 1, was 0");
    }

    private static FedAvg folded(List<Contribution> contributions) {
        FedAvg sum = new FedAvg(5);
        contributions.forEach(one -> sum.add(one.delta(), one.examples(), one.correct(), one.loss()));
        return sum;
    }
}
