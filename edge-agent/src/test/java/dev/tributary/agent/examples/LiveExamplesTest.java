package dev.tributary.agent.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.learning.Examples.RawExample;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveExamplesTest {
    private static final Columns COLUMNS = new Columns(List.of("temperature", "pressure"));
    private static final ModelSchema SCHEMA = new ModelSchema(
            0,
            Task.CLASSIFICATION,
            List.of(
                    new Feature("pressure", "bar", 0, 10, true),
                    Feature.unbounded("humidity"),
                    new Feature("temperature", "C", -40, 80, false)),
            List.of("ok", "broken"),
            Optional.empty(),
            3);

    private final MemoryRowLog log = new MemoryRowLog(20);
    private final LiveExamples examples = new LiveExamples(log);

    private void add(double temperature, double pressure, String label) {
        log.append(Row.of(COLUMNS, new double[] {temperature, pressure}, Optional.ofNullable(label)), "");
    }

    @Test
    void all_mapsByName_missingAndOutOfRangeAreNaN() {
        add(20, 5, "ok");
        add(500, 5, "broken");
        List<RawExample> rows = examples.all(SCHEMA);
        assertThat(rows.get(0).features()).containsExactly(5, Double.NaN, 20);
        assertThat(rows.get(0).target()).containsExactly(0);
        assertThat(rows.get(1).features()).containsExactly(5, Double.NaN, Double.NaN);
        assertThat(rows.get(1).target()).containsExactly(1);
    }

    @Test
    void all_leavesOutRowsWithoutRequiredFeatureOrKnownLabel() {
        add(20, Double.NaN, "ok");
        add(20, 11, "ok");
        add(20, 5, "strange");
        add(20, 5, null);
        assertThat(examples.all(SCHEMA)).isEmpty();
        assertThat(examples.count()).isEqualTo(4);
    }

    @Test
    void parts_areDisjointAndStay_whileOldRowsAreDropped() {
        for (int i = 0; i < 25; i++) {
            add(i, 5, "ok");
        }
        assertThat(examples.trainPart(SCHEMA))
                .extracting(row -> (int) row.features()[2])
                .containsExactly(5, 6, 10, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24);
        assertThat(examples.testPart(SCHEMA))
                .extracting(row -> (int) row.features()[2])
                .containsExactly(7, 8, 9, 17, 18, 19);
    }

    @Test
    void regression_rowsWithoutFiniteTarget_areLeftOut() {
        ModelSchema regression = new ModelSchema(
                0,
                Task.REGRESSION,
                List.of(Feature.unbounded("temperature")),
                List.of("pressure"),
                Optional.empty(),
                20);
        add(1, Double.NaN, null);
        add(2, 7, null);
        assertThat(examples.all(regression)).hasSize(1);
        assertThat(examples.all(regression).get(0).target()).containsExactly(7);
    }

    @Test
    void memoryExamples_splitByTheRuleOfTheTask() {
        MemoryExamples fixed = new MemoryExamples(List.of(
                Row.of(COLUMNS, new double[] {1, 1}, Optional.of("ok")),
                Row.of(COLUMNS, new double[] {2, 1}, Optional.of("ok")),
                Row.of(COLUMNS, new double[] {3, 1}, Optional.of("broken"))));
        assertThat(fixed.trainPart(SCHEMA)).hasSize(2);
        assertThat(fixed.testPart(SCHEMA)).hasSize(1);
        assertThat(fixed.all(SCHEMA)).hasSize(3);
    }

    @Test
    void capacity_belowOne_isRefused() {
        assertThatThrownBy(() -> new MemoryRowLog(0)).hasMessage("capacity must be >= 1, was 0");
    }
}
