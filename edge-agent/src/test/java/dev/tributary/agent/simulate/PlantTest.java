package dev.tributary.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.agent.examples.Row;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlantTest {
    private static List<double[]> values(FleetData fleet) {
        return fleet.devices().stream()
                .flatMap(device -> device.rows().stream())
                .map(Row::toArray)
                .toList();
    }

    @Test
    void fleet_sameSettings_sameBits() {
        assertThat(values(Plant.fleet(PlantSettings.standard(3))))
                .usingElementComparator(Arrays::compare)
                .isEqualTo(values(Plant.fleet(PlantSettings.standard(3))));
    }

    @Test
    void fleet_seedOne_keepsItsBitsForEver() {
        long hash = 0;
        for (double[] row : values(Plant.fleet(PlantSettings.standard(1)))) {
            hash = 31 * hash + Arrays.hashCode(row);
        }

        assertThat(hash).isEqualTo(GOLDEN);
    }

    private static final long GOLDEN = -7158223092522459807L;

    @Test
    void fleet_anotherSeed_otherRows() {
        assertThat(values(Plant.fleet(PlantSettings.standard(3))).get(0))
                .isNotEqualTo(values(Plant.fleet(PlantSettings.standard(4))).get(0));
    }

    @Test
    void fleet_default_machinesLackStates() {
        FleetData fleet = Plant.fleet(PlantSettings.standard(1));

        assertThat(fleet.devices())
                .hasSize(50)
                .allSatisfy(device -> assertThat(device.rows()).hasSize(240));
        assertThat(fleet.features()).hasSize(19);
        assertThat(fleet.outputs()).containsExactly("bearing_wear", "imbalance", "looseness", "misalignment", "normal");
        assertThat(fleet.devices())
                .filteredOn(device ->
                        device.rows().stream().map(Row::label).distinct().count() < 5)
                .hasSizeGreaterThan(10);
    }

    @Test
    void fleet_machineNames_sortLikeTheirNumbers() {
        FleetData fleet = Plant.fleet(new PlantSettings(120, 1, 1, 1));

        assertThat(fleet.devices().get(0).id().value()).isEqualTo("machine-001");
        assertThat(fleet.devices()).extracting(device -> device.id().value()).isSorted();
    }

    @Test
    void settings_outOfRange_areRefused() {
        assertThatThrownBy(() -> new PlantSettings(1, 1, 0.5, 0)).hasMessageContaining("machines must be in 2");
        assertThatThrownBy(() -> new PlantSettings(5, 1, 1.5, 0)).hasMessageContaining("heterogeneity must be in 0");
        assertThatThrownBy(() -> new PlantSettings(5, 1, 0.5, Double.NaN)).hasMessageContaining("drift must be in 0");
    }
}
