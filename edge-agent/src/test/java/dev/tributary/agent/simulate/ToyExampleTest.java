package dev.tributary.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.agent.examples.Row;
import dev.tributary.agent.examples.Split;
import dev.tributary.learning.Examples.RawExample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToyExampleTest {
    private static final int FEATURES = 10;

    private static List<RawExample> examples(DeviceData device) {
        return device.rows().stream()
                .map(row -> new RawExample(new double[FEATURES], new double[] {label(row)}))
                .toList();
    }

    private static double label(Row row) {
        return Double.parseDouble(row.label().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(ToyExample.class)
    void fleet_anySeed_hasFiveClientsWithTenTrainingSamplesEach(ToyExample example) {
        for (long seed = 0; seed < 50; seed++) {
            FleetData data = example.fleet(seed);
            assertThat(data.features()).hasSize(FEATURES);
            assertThat(data.devices()).hasSize(ToyExample.CLIENTS + 1);
            for (int i = 0; i < ToyExample.CLIENTS; i++) {
                assertThat(ToyExample.heldOut().includes(i)).isFalse();
                assertThat(Split.byClass(2, examples(data.devices().get(i))).train())
                        .as("seed %d, client %d", seed, i)
                        .hasSize(ToyExample.TRAINING_ROWS);
            }
            assertThat(ToyExample.heldOut().includes(ToyExample.CLIENTS)).isTrue();
            assertThat(data.devices().get(ToyExample.CLIENTS).rows()).hasSize(ToyExample.HELD_OUT_ROWS);
        }
    }

    /** Features and label of every row of every device. */
    private static List<Double> values(FleetData data) {
        List<Double> values = new ArrayList<>();
        for (DeviceData device : data.devices()) {
            for (Row row : device.rows()) {
                for (int j = 0; j < FEATURES; j++) {
                    values.add(row.value(j));
                }
                values.add(label(row));
            }
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(ToyExample.class)
    void fleet_sameSeed_isTheSameRows(ToyExample example) {
        assertThat(values(example.fleet(3))).isEqualTo(values(example.fleet(3)));
        assertThat(values(example.fleet(3))).isNotEqualTo(values(example.fleet(4)));
    }

    @Test
    void labels_halfAreOn() {
        for (ToyExample example : ToyExample.values()) {
            DeviceData heldOut = example.fleet(1).devices().get(ToyExample.CLIENTS);
            double on = heldOut.rows().stream()
                    .mapToDouble(ToyExampleTest::label)
                    .average()
                    .orElseThrow();
            assertThat(on).as("%s", example).isCloseTo(0.5, within(0.05));
        }
    }

    @Test
    void named_wordsOfTheCommandLine() {
        assertThat(ToyExample.named("random-labels")).isEqualTo(ToyExample.RANDOM_LABELS);
        assertThat(ToyExample.named("separable")).isEqualTo(ToyExample.SEPARABLE);
        assertThatThrownBy(() -> ToyExample.named("mnist"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be random-labels or separable, was \"mnist\"");
    }
}
