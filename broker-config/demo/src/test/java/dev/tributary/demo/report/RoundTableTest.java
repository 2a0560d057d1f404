package dev.tributary.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.demo.event.Event;
import dev.tributary.demo.event.Scores;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RoundTableTest {
    private static Event.RoundClosed closed(String kind, boolean committed, double loss) {
        return new Event.RoundClosed(
                7, kind, committed, "too few", 39, 40, 1, 2, OptionalDouble.of(loss), 151_234, 593_000, 0.84);
    }

    private static Event.Evaluated evaluated(long version, double own, double onNew) {
        return new Event.Evaluated(
                version,
                version,
                Optional.of(new Scores(Map.of("accuracy", own, "rmse", own))),
                Optional.of(new Scores(Map.of("accuracy", onNew, "rmse", onNew))));
    }

    @Test
    void train_oneLineOnceEvaluated_headerFirst() {
        RoundTable table = new RoundTable(true, true);
        assertThat(table.closed(closed("TRAIN", true, 1.5))).isEmpty();
        assertThat(table.evaluated(evaluated(1, 0.5123, 0.4)))
                .containsExactly(
                        "round  model   devices  accuracy own      new      loss        up  as float32  seconds",
                        "    1      1     39/40        0.5123   0.4000    1.5000  151.2 kB    593.0 kB     0.84");
        table.closed(closed("TRAIN", true, 1.25));
        assertThat(table.evaluated(evaluated(2, 0.6, 0.5)))
                .singleElement()
                .asString()
                .startsWith("    2      2 ");
    }

    @Test
    void train_withoutNewDevices_hasNoSuchColumn() {
        RoundTable table = new RoundTable(false, false);
        table.closed(closed("TRAIN", true, 1.5));
        assertThat(table.evaluated(evaluated(1, 36.83, 0)))
                .containsExactly(
                        "round  model   devices      RMSE own      loss        up  as float32  seconds",
                        "    1      1     39/40        36.830    1.5000  151.2 kB    593.0 kB     0.84");
    }

    @Test
    void train_neverEvaluated_isShownWithTheNextOrAtTheEnd() {
        RoundTable table = new RoundTable(true, false);
        table.closed(closed("TRAIN", true, 1.5));
        assertThat(table.closed(closed("TRAIN", true, 1.4)))
                .hasSize(2)
                .last()
                .asString()
                .contains("1      -");
        assertThat(table.flush()).hasSize(1);
        assertThat(table.flush()).isEmpty();
    }

    @Test
    void evaluated_withoutATrainRound_isSilent() {
        assertThat(new RoundTable(true, false).evaluated(evaluated(3, 0.5, 0.5)))
                .isEmpty();
    }

    @Test
    void otherRounds() {
        RoundTable table = new RoundTable(true, false);
        assertThat(table.closed(closed("STATISTICS", true, 0)))
                .containsExactly("Statistics of 39 devices merged in 0.8 s, 1 declined, 2 rejected.");
        assertThat(table.closed(closed("TRAIN", false, 0))).containsExactly("round 7 (TRAIN) abandoned: too few");
        assertThat(table.closed(closed("EVALUATE", true, 0))).isEmpty();
    }
}
