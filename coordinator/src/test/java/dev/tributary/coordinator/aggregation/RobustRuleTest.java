package dev.tributary.coordinator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance tests of the rules that withstand Byzantine devices. */
class RobustRuleTest {
    private static final int LENGTH = 20;
    private static final int DEVICES = 23;

    static List<RobustRule> rules(int byzantine) {
        return List.of(
                new CoordinateMedian(byzantine),
                new TrimmedMean(byzantine),
                new MultiKrum(byzantine),
                new NormZeroing(byzantine));
    }

    static Stream<Arguments> rulesAndSeeds() {
        return rules(10).stream().flatMap(rule -> Stream.of(1L, 2L, 3L, 4L, 5L).map(seed -> Arguments.of(rule, seed)));
    }

    static Stream<RobustRule> allRules() {
        return rules(2).stream();
    }

    @ParameterizedTest
    @MethodSource("rulesAndSeeds")
    void conform_noiseOfAMillion_staysWithinTheRangeOfTheHonest(RobustRule rule, long seed) {
        Random random = new Random(seed);
        List<DeviceDelta> honest = honest(random, DEVICES - 10);
        List<DeviceDelta> all = new ArrayList<>(honest);
        for (int i = 0; i < 10; i++) {
            all.add(delta(1000 + i, gaussian(random, 1e6), 1, -1e15));
        }
        assertWithinTheRange(honest, aggregated(rule, all), rule + ", seed " + seed);
    }

    @ParameterizedTest
    @MethodSource("rulesAndSeeds")
    void conform_byzantineDevicesThatAgree_leaveItWithinTheRangeOfTheHonest(RobustRule rule, long seed) {
        Random random = new Random(seed);
        List<DeviceDelta> honest = honest(random, DEVICES - 10);
        List<DeviceDelta> all = new ArrayList<>(honest);
        Vector agreed = gaussian(random, 1e6);
        for (int i = 0; i < 10; i++) {
            all.add(delta(1000 + i, agreed, 10_000_000, 0));
        }
        assertWithinTheRange(honest, aggregated(rule, all), rule + ", seed " + seed);
    }

    @ParameterizedTest
    @MethodSource("rulesAndSeeds")
    void conform_orderOfArrival_doesNotChangeTheResult(RobustRule rule, long seed) {
        Random random = new Random(seed);
        List<DeviceDelta> all = honest(random, 40);
        // Two of each, so that scores are equal and the order of devices decides.
        for (int i = 0; i < 20; i++) {
            all.set(i, delta(i, all.get(i + 20).delta(), 5, 2));
        }
        AggregatedDelta inOrder = aggregated(rule, all);
        Collections.shuffle(all, random);
        assertThat(aggregated(rule, all)).as("%s, seed %d", rule, seed).isEqualTo(inOrder);
    }

    @ParameterizedTest
    @MethodSource("allRules")
    void conform_equalDeltas_leaveExactlyThatDelta(RobustRule rule) {
        for (int devices = 7; devices <= 50; devices++) {
            List<DeviceDelta> all = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                all.add(delta(i, Vector.of(0.1f, -3.3333f, 1e-9f, 12345.678f, 0), 7L * i + 3, 0.5 * (7L * i + 3)));
            }
            AggregatedDelta result = aggregated(rule, all);
            assertThat(result.mean())
                    .as("%s, %d devices", rule, devices)
                    .isEqualTo(Vector.of(0.1f, -3.3333f, 1e-9f, 12345.678f, 0));
            assertThat(result.meanLoss()).isCloseTo(0.5, within(1e-12));
        }
    }

    @Test
    void conform_median_isOfEachCoordinateByItself() {
        CoordinateMedian median = new CoordinateMedian(1);
        List<DeviceDelta> three = List.of(
                delta(1, Vector.of(1, 30), 1, 1), delta(2, Vector.of(2, 10), 1, 5), delta(3, Vector.of(9, 20), 10, 30));
        assertThat(aggregated(median, three)).isEqualTo(new AggregatedDelta(Vector.of(2, 20), 3));
        List<DeviceDelta> four = new ArrayList<>(three);
        four.add(delta(4, Vector.of(5, 16), 1, 4));
        assertThat(aggregated(median, four)).isEqualTo(new AggregatedDelta(Vector.of(3.5, 18), 3.5));
    }

    @Test
    void conform_trimmedMean_dropsAsManyOnEachSideAsMayBeByzantine() {
        List<DeviceDelta> all = new ArrayList<>();
        double[] values = {-1e6, 1, 2, 3, 7, 1e6, 5e5};
        for (int i = 0; i < values.length; i++) {
            all.add(delta(i, Vector.of(values[i]), 1, values[i]));
        }
        assertThat(aggregated(new TrimmedMean(2), all)).isEqualTo(new AggregatedDelta(Vector.of(4), 4));
        assertThat(aggregated(new TrimmedMean(3), all)).isEqualTo(new AggregatedDelta(Vector.of(3), 3));
    }

    @Test
    void conform_multiKrum_keepsThoseWithTheClosestNeighbours() {
        // m = 7, f = 2: scores are sums over the 3 nearest; those of 10 and 12 are the greatest.
        List<DeviceDelta> all = new ArrayList<>();
        double[] values = {0, 1, 2, 3, 4, 10, 12};
        for (int i = 0; i < values.length; i++) {
            all.add(delta(i, Vector.of(values[i]), 1, 1));
        }
        AggregatedDelta result = aggregated(new MultiKrum(2), all);
        assertThat(result.mean()).isEqualTo(Vector.of(2));
        assertThat(result.leftOut()).containsOnlyKeys(device(5), device(6));
        // 12: (2² + 8² + 9²); the greatest that is kept is 0's: 1² + 2² + 3².
        assertThat(result.leftOut().get(device(6)))
                .isEqualTo("left out by multiKrum: its score 149.0 is among the 2 greatest of 7,"
                        + " the others' are up to 14.00");
    }

    @Test
    void conform_multiKrum_leavesTheLaterDeviceOutOfTwoEqualOnes() {
        List<DeviceDelta> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(delta(i, Vector.of(i), 1, 1));
        }
        // 0 and 6 are at the ends, 1 + 4 + 9 each; with f = 1 one of them must go.
        assertThat(aggregated(new MultiKrum(1), all).leftOut()).containsOnlyKeys(device(6));
    }

    @Test
    void conform_zeroing_leavesOutWhoseNormIsMoreThanTwiceTheQuantile() {
        List<DeviceDelta> all = new ArrayList<>();
        double[] values = {1, -1, 2, -2, 3, 4.1, -4};
        for (int i = 0; i < values.length; i++) {
            all.add(delta(i, Vector.of(values[i]), 1, 1));
        }
        // f = 3: the 4th smallest norm is 2, the bound 4.
        AggregatedDelta result = aggregated(new NormZeroing(3), all);
        assertThat(result.leftOut()).containsOnlyKeys(device(5));
        assertThat(result.leftOut().get(device(5)))
                .isEqualTo("left out by zeroing: its norm 4.100 is above 4.000, 2 times the norm number 4 of 7");
        assertThat(result.mean()).isEqualTo(Vector.of(-1 / 6.0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void zeroing_neverLeavesOutMoreThanMayBeByzantine(int byzantine) {
        Random random = new Random(byzantine);
        for (int i = 0; i < 50; i++) {
            List<DeviceDelta> all = new ArrayList<>();
            for (int device = 0; device < DEVICES; device++) {
                all.add(delta(device, gaussian(random, Math.exp(10 * random.nextGaussian())), 1, 1));
            }
            assertThat(aggregated(new NormZeroing(byzantine), all).leftOut()).hasSizeLessThanOrEqualTo(byzantine);
        }
    }

    @Test
    void deviceThatIsKept_countsOnceOrAsMuchAsItsExamplesUpToTheCap() {
        List<DeviceDelta> all = List.of(
                delta(1, Vector.of(1), 1, 1), delta(2, Vector.of(2), 1000, 1000), delta(3, Vector.of(3), 10, 40));
        assertThat(aggregated(new NormZeroing(1), all)).isEqualTo(new AggregatedDelta(Vector.of(2), 2));
        SingleDeltas capped = new SingleDeltas(new NormZeroing(1), 1, 10);
        all.forEach(capped::add);
        assertThat(capped.result())
                .isEqualTo(
                        new AggregatedDelta(Vector.of((1 + 20 + 30) / 21.0), 1 / 21.0 + 10 / 21.0 + 4 * (10 / 21.0)));
    }

    @ParameterizedTest
    @MethodSource("allRules")
    void result_withFewerThanItNeeds_isRefused(RobustRule rule) {
        List<DeviceDelta> tooFew = honest(new Random(1), rule.needed() - 1);
        assertThatThrownBy(() -> aggregated(rule, tooFew))
                .hasMessage("contributors must be >= " + rule.needed() + " for this aggregation, were "
                        + (rule.needed() - 1));
        aggregated(rule, honest(new Random(1), rule.needed()));
    }

    @Test
    void needed_isWhatThePapersSay() {
        assertThat(rules(10)).extracting(RobustRule::needed).containsExactly(21, 21, 23, 21);
    }

    @Test
    void add_whatCannotBeUsed_changesNothing() {
        SingleDeltas deltas = new SingleDeltas(new CoordinateMedian(1), 1, 1);
        for (int i = 1; i <= 3; i++) {
            deltas.add(delta(i, Vector.of(i), 1, 1));
        }
        assertThatThrownBy(() -> deltas.add(delta(4, Vector.of(1, 2), 1, 1))).hasMessage("length must be 1, was 2");
        assertThatThrownBy(() -> deltas.add(delta(3, Vector.of(9), 1, 1)))
                .hasMessage("device must not have a delta here yet, was d3");
        assertThatThrownBy(() -> deltas.add(delta(4, Vector.of(1e19), 1, 1))).isInstanceOf(ArithmeticException.class);
        assertThat(deltas.result()).isEqualTo(new AggregatedDelta(Vector.of(2), 1));
        assertThatThrownBy(() -> new MultiKrum(0)).hasMessage("byzantine must be >= 1, was 0");
    }

    private static void assertWithinTheRange(List<DeviceDelta> honest, AggregatedDelta result, String what) {
        for (int i = 0; i < LENGTH; i++) {
            int coordinate = i;
            DoubleSummaryStatistics range = honest.stream()
                    .mapToDouble(one -> one.delta().get(coordinate))
                    .summaryStatistics();
            assertThat(result.mean().get(i)).as("%s, coordinate %d", what, i).isBetween(range.getMin(), range.getMax());
        }
        assertThat(result.meanLoss()).as(what).isBetween(0.0, 1.0);
    }

    private static List<DeviceDelta> honest(Random random, int devices) {
        List<DeviceDelta> honest = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            long examples = 1L + random.nextInt(1000);
            honest.add(delta(i, gaussian(random, 1), examples, examples * random.nextDouble()));
        }
        return honest;
    }

    private static Vector gaussian(Random random, double scale) {
        double[] values = new double[LENGTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * random.nextGaussian();
        }
        return Vector.of(values);
    }

    private static DeviceDelta delta(int device, Vector delta, long examples, double loss) {
        return new DeviceDelta(device(device), delta, examples, loss);
    }

    private static DeviceId device(int number) {
        return new DeviceId("d" + number);
    }

    private static AggregatedDelta aggregated(RobustRule rule, List<DeviceDelta> deltas) {
        SingleDeltas all = new SingleDeltas(rule, deltas.get(0).delta().length(), 1);
        deltas.forEach(all::add);
        return all.result();
    }
}
