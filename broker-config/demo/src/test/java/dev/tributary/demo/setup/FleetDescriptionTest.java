package dev.tributary.demo.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FleetDescriptionTest {
    @Test
    void parse_countsRolesAndKeepsOrder() {
        FleetDescription fleet = FleetDescription.parse("{\"simulated\":false,\"task\":\"CLASSIFICATION\","
                        + "\"features\":[{\"name\":\"x\",\"unit\":\"\"},{\"name\":\"a\",\"unit\":\"g\"}],"
                        + "\"outputs\":[\"B\",\"A\"],\"guessed\":\"target\",\"devices\":["
                        + "{\"id\":\"1\",\"role\":\"EVALUATOR\"},{\"id\":\"2\",\"role\":\"TRAINER\"},"
                        + "{\"id\":\"3\",\"role\":\"TRAINER\"}],\"problems\":[{\"file\":\"f\",\"problem\":\"p\"}]}")
                .orElseThrow();
        assertThat(fleet.task()).isEqualTo("classification");
        assertThat(fleet.trainers()).isEqualTo(2);
        assertThat(fleet.evaluators()).isEqualTo(1);
        assertThat(fleet.devices()).isEqualTo(3);
        assertThat(fleet.features())
                .containsExactly(new FleetDescription.Column("x", ""), new FleetDescription.Column("a", "g"));
        assertThat(fleet.outputs()).containsExactly("B", "A");
        assertThat(fleet.problems()).containsExactly("f: p");
    }

    @Test
    void parse_noDescription_isEmpty() {
        assertThat(FleetDescription.parse("warming up")).isEmpty();
        assertThat(FleetDescription.parse("{}")).isEmpty();
    }
}
