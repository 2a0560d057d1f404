package dev.tributary.coordinator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance tests of FedAvg. */
class FedAvgTest {
    private static final DeviceId DEVICE = new DeviceId("pump-1");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void conform_foldOrderAndGrouping_doNotChangeTheResult(long seed) {
        Random random = new Random(seed);
        List<DeviceDelta> contributions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double[] delta = random.doubles(5, -1, 1)
                    .map(value -> value * Math.pow(10, random.nextInt(12) - 8))
                    .toArray();
            contributions.add(
                    new DeviceDelta(DEVICE, Vector.of(delta), 1L + random.nextInt(1000), random.nextGaussian() * 1e3));
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
    }

    @Test
    void conform_weights_sumToOneOverThoseThatArrived() {
        FedAvg sum = new FedAvg(1);
        sum.add(one(Vector.of(1), 30, 0));
        sum.add(one(Vector.of(5), 10, 0));
        assertThat(sum.mean()).isEqualTo(Vector.of(2));
        assertThat(sum.examples()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, -3.3333f, 1e-9f, 12345.678f, 0})
    void conform_equalDeltas_leaveExactlyThatDelta(float value) {
        FedAvg sum = new FedAvg(1);
        for (int i = 1; i <= 50; i++) {
            sum.add(one(Vector.of(value), 7L * i + 3, 0));
        }
        assertThat(sum.mean()).isEqualTo(Vector.of(value));
    }

    @Test
    void conform_rejectedInputs_changeNothing() {
        FedAvg sum = new FedAvg(2);
        sum.add(one(Vector.of(1, 2), 1, 0.5));
        assertThatThrownBy(() -> sum.add(one(Vector.of(1, 2), 0, 0))).hasMessage("exampleCount must be > 0, was 0");
        assertThatThrownBy(() -> sum.add(one(Vector.of(1, 2), -1, 0))).hasMessage("exampleCount must be > 0, was -1");
        assertThatThrownBy(() -> sum.add(one(Vector.of(Double.NaN, 2), 1, 0))).hasMessageContaining("finite");
        assertThatThrownBy(() -> sum.add(one(Vector.of(1, Double.NEGATIVE_INFINITY), 1, 0)))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> sum.add(one(Vector.of(1, 2), 1, Double.NaN))).hasMessageContaining("finite");
        assertThatThrownBy(() -> sum.add(one(Vector.of(1), 1, 0))).hasMessageContaining("length");
        assertThat(sum.mean()).isEqualTo(Vector.of(1, 2));
        assertThat(sum.meanLoss()).isEqualTo(0.5);
        assertThat(sum.contributors()).isEqualTo(1);
    }

    @Test
    void meanLoss_isPerExample() {
        FedAvg sum = new FedAvg(1);
        sum.add(one(Vector.of(0), 10, 20));
        sum.add(one(Vector.of(0), 30, 20));
        assertThat(sum.meanLoss()).isEqualTo(1);
    }

    @Test
    void mean_ofNothing_isRefused() {
        assertThatThrownBy(() -> new FedAvg(1).mean()).hasMessage("contributors must be >= 1, was 0");
    }

    @Test
    void exampleCap_boundsWhatADeviceCounts() {
        FedAvg sum = new FedAvg(1, 10);
        sum.add(one(Vector.of(1), 10_000_000, 4e7));
        sum.add(one(Vector.of(5), 10, 20));
        sum.add(one(Vector.of(6), 5, 30));
        assertThat(sum.mean()).isEqualTo(Vector.of((10 + 50 + 30) / 25.0));
        assertThat(sum.meanLoss()).isEqualTo((40 + 20 + 30) / 25.0);
        assertThat(sum.examples()).isEqualTo(25);
    }

    @Test
    void add_whatWouldOverflow_changesNothing() {
        FedAvg sum = new FedAvg(1);
        sum.add(one(Vector.of(1), 1, 0.5));
        assertThatThrownBy(() -> sum.add(one(Vector.of(1e18), 100, 0))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> sum.add(one(Vector.of(1), 1, 1e300))).isInstanceOf(ArithmeticException.class);
        assertThat(sum.result()).isEqualTo(new AggregatedDelta(Vector.of(1), 0.5));
    }

    private static DeviceDelta one(Vector delta, long examples, double loss) {
        return new DeviceDelta(DEVICE, delta, examples, loss);
    }

    private static FedAvg folded(List<DeviceDelta> contributions) {
        FedAvg sum = new FedAvg(5);
        contributions.forEach(sum::add);
        return sum;
    }
}
