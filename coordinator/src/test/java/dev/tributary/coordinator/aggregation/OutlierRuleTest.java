package dev.tributary.coordinator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Moments;
import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OutlierRuleTest {
    private static final OutlierRule RULE = new OutlierRule(List.of("x"));

    @Test
    void outliers_threeDevices_nobody() {
        assertThat(RULE.outliers(fleet(new double[][] {{1, 1}, {2, 1}, {1e6, 1}})))
                .isEmpty();
    }

    @Test
    void outliers_fourDevices_theOneMisScaled() {
        assertThat(RULE.outliers(fleet(new double[][] {{80, 70}, {90, 75}, {85, 72}, {86_000, 73_000}})))
                .containsOnlyKeys(new DeviceId("d3"))
                .hasValueSatisfying(new org.assertj.core.api.Condition<>(
                        detail -> detail.startsWith("x: mean 86000.0 is ")
                                && detail.endsWith("deviations from the fleet's median 85.0000"),
                        "names column, mean and median"));
    }

    @Test
    void outliers_quarterOfTheFleet_allOfThem() {
        double[][] fleet = new double[12][];
        for (int i = 0; i < 12; i++) {
            double factor = i < 3 ? 1000 : 1;
            fleet[i] = new double[] {(80 + i) * factor, 70 * factor};
        }
        assertThat(RULE.outliers(fleet(fleet)).keySet())
                .containsExactly(new DeviceId("d0"), new DeviceId("d1"), new DeviceId("d2"));
    }

    @Test
    void outliers_wildDeviationAroundTheSameMean_isFound() {
        assertThat(RULE.outliers(fleet(new double[][] {{0, 1}, {0.1, 1}, {0, 1.1}, {0, 1000}})))
                .containsOnlyKeys(new DeviceId("d3"))
                .containsValue("x: standard deviation 1000.00 is 909 times the fleet's 1.10000");
    }

    @Test
    void outliers_constantColumn_isMeasuredByItsSize() {
        assertThat(RULE.outliers(fleet(new double[][] {{25, 0}, {25, 0}, {25, 0}, {25, 0}, {25_000, 0}})))
                .containsOnlyKeys(new DeviceId("d4"));
    }

    @Test
    void outliers_columnThatIsZeroAlmostEverywhere_nobody() {
        assertThat(RULE.outliers(fleet(new double[][] {{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0.3, 1}})))
                .isEmpty();
    }

    @Test
    void outliers_devicesWithoutValues_areNotCompared() {
        SortedMap<DeviceId, Moments> fleet = fleet(new double[][] {{1, 1}, {2, 1}, {3, 1}, {2, 1}});
        fleet.put(new DeviceId("none"), new Moments(Vector.of(0, 0, 0), Vector.zeros(0)));
        assertThat(RULE.outliers(fleet)).isEmpty();
    }

    private static SortedMap<DeviceId, Moments> fleet(double[][] meanAndDeviation) {
        SortedMap<DeviceId, Moments> fleet = new TreeMap<>();
        for (int i = 0; i < meanAndDeviation.length; i++) {
            double deviation = meanAndDeviation[i][1];
            Vector columns = Vector.of(100, meanAndDeviation[i][0], 100 * deviation * deviation);
            fleet.put(new DeviceId("d" + i), new Moments(columns, Vector.zeros(0)));
        }
        return fleet;
    }
}
