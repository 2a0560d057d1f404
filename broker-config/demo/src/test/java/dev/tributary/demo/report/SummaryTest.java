package dev.tributary.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.demo.event.Outcome;
import dev.tributary.demo.event.Scores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static Optional<Scores> accuracy(double value) {
        return Optional.of(new Scores(Map.of("accuracy", value, "macroF1", value / 2, "devices", 40, "examples", 900)));
    }

    private static Optional<Scores> rmse(double value) {
        return Optional.of(new Scores(Map.of("rmse", value, "mae", value / 2, "r2", 0.5)));
    }

    private static Outcome outcome(
            String task, Optional<Scores> own, Optional<Scores> onNew, Optional<Scores> local, Optional<Scores> base) {
        return new Outcome(
                "demo",
                task,
                true,
                "no better for 5 rounds",
                30,
                30,
                50,
                52,
                List.of("A", "B"),
                own,
                onNew,
                Optional.empty(),
                local,
                base,
                12.34,
                "abc123");
    }

    @Test
    void lines_classification_sideBySide() {
        Outcome outcome = outcome("CLASSIFICATION", accuracy(0.7), accuracy(0.66), accuracy(0.65), accuracy(0.1));
        assertThat(Summary.lines(
                        outcome,
                        List.of(0.7, 0.51234),
                        Optional.of(new FleetTraffic(1_000_000, 3_900_000, 50_000, 9_000_000))))
                .containsExactly(
                        "Finished after 30 rounds and 12.3 s: no better for 5 rounds.",
                        "",
                        "                            accuracy   macro F1   devices   examples",
                        "federation, own test rows     0.7000     0.3500        40        900",
                        "federation, new devices       0.6600     0.3300        40        900",
                        "local-only, own test rows     0.6500     0.3250        40        900",
                        "baseline, majority label      0.1000     0.0500        40        900",
                        "",
                        "Federation is better than each device alone by 0.0500: accuracy 0.7000 against 0.6500;"
                                + " devices that never took part get accuracy 0.6600 without training.",
                        "Training loss by round: 0.7000, 0.5123.",
                        "The devices sent 1.0 MB of updates (float32: 3.9 MB, 3.9 times as much) and 50.0 kB of all"
                                + " else, and received 9.0 MB.",
                        "Model version 30, SHA-256 of its weights abc123.");
    }

    @Test
    void lines_regressionWithoutNewDevices_leavesTheRowOut() {
        List<String> lines = Summary.lines(
                outcome("REGRESSION", rmse(37.2), Optional.empty(), rmse(38.9), rmse(117)),
                java.util.Collections.nCopies(13, 0.25),
                Optional.empty());
        assertThat(lines).noneMatch(line -> line.startsWith("federation, new"));
        assertThat(lines).anyMatch(line -> line.contains("RMSE") && line.contains("R2"));
        assertThat(lines).contains("Training loss: 0.2500 in the first round, 0.2500 in the last.");
    }

    @Test
    void verdict_localOnlyBetter_saysSo() {
        assertThat(Summary.verdict(
                        outcome("CLASSIFICATION", accuracy(0.7), Optional.empty(), accuracy(0.8), accuracy(0.1))))
                .isEqualTo("Federation does not pay on the devices' own rows, each device alone is better by 0.1000:"
                        + " accuracy 0.7000 against 0.8000.");
        assertThat(Summary.verdict(outcome("REGRESSION", rmse(40), Optional.empty(), rmse(30), rmse(100))))
                .startsWith("Federation does not pay");
    }

    @Test
    void verdict_same_orNothingToCompare() {
        assertThat(Summary.verdict(outcome("REGRESSION", rmse(37.21), Optional.empty(), rmse(37.2), rmse(117))))
                .startsWith("Federation and each device alone do equally well");
        assertThat(Summary.verdict(outcome("REGRESSION", rmse(37.2), rmse(40), Optional.empty(), Optional.empty())))
                .isEqualTo(
                        "There is nothing to compare the federation with; devices that never took part get RMSE 40.000"
                                + " without training.");
    }
}
