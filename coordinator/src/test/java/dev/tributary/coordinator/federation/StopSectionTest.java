package dev.tributary.coordinator.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ConfigurationException;
import dev.tributary.coordinator.federation.StoppingCriterion.AnyOf;
import dev.tributary.coordinator.federation.StoppingCriterion.ByteBudget;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.federation.StoppingCriterion.Learned;
import dev.tributary.coordinator.federation.StoppingCriterion.Patience;
import dev.tributary.coordinator.federation.StoppingCriterion.RoundBudget;
import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.federation.StoppingCriterion.Target;
import dev.tributary.coordinator.federation.StoppingCriterion.Target.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopSectionTest {
    private static final String LABELS = "task: classification\noutputs: [A, B]";
    private static final String VALUE = "task: regression\noutputs: [y]";
    private static final String VALUES = "task: regression\noutputs: [y, z]";

    @TempDir
    private Path folder;

    @Test
    void read_nothingSaid_isPatience() {
        assertThat(read(LABELS, "")).isEqualTo(new Patience(5, 0.002, 200));
        assertThat(read(LABELS, "maximumRounds: 7")).isEqualTo(new Patience(5, 0.002, 7));
    }

    @Test
    void read_targetAndBudget_holdAloneUnderTheMaximumOfRounds() {
        assertThat(read(LABELS, "target: 0.65"))
                .isEqualTo(new AnyOf(List.of(new Target(Metric.ACCURACY, 0.65), new RoundBudget(200))));
        assertThat(read(VALUE, "maximumBytes: 5000000000, maximumRounds: 50"))
                .isEqualTo(new AnyOf(List.of(new RoundBudget(50), new ByteBudget(5_000_000_000L))));
    }

    @Test
    void read_allAtOnce_theFirstThatHoldsEndsIt() {
        StoppingCriterion criterion =
                read(VALUE, "target: 37, patience: 2, tolerance: 0.01, maximumRounds: 50, maximumBytes: 1000");
        assertThat(criterion)
                .isEqualTo(new AnyOf(
                        List.of(new Target(Metric.RMSE, 37), new Patience(2, 0.01, 50), new ByteBudget(1000))));
        assertThat(criterion.decide(new Learned(3, List.of(-0.5, -0.4), OptionalDouble.of(37.1), 999)))
                .isEmpty();
        assertThat(criterion.decide(new Learned(3, List.of(-0.5, -0.4), OptionalDouble.of(36.9), 999)))
                .contains(new Stop(true, "the target RMSE of 37.0 is reached: 36.9000"));
        assertThat(criterion.decide(new Learned(3, List.of(-0.5, -0.5, -0.5), OptionalDouble.of(40), 2000)))
                .contains(new Stop(true, "no improvement above 0.01 in 2 rounds"));
        assertThat(criterion.decide(new Learned(3, List.of(-0.5), OptionalDouble.empty(), 1000)))
                .contains(new Stop(false, "the budget of 1000 bytes is used up: devices sent 1000"));
        assertThat(criterion.decide(new Learned(50, List.of(-0.5), OptionalDouble.empty(), 10)))
                .contains(new Stop(false, "the maximum of 50 train rounds is reached"));
    }

    @Test
    void read_trainRounds_mayHaveATargetAndABudgetBesideThem() {
        assertThat(read(LABELS, "trainRounds: 30, target: 0.6, maximumBytes: 9"))
                .isEqualTo(new AnyOf(
                        List.of(new Target(Metric.ACCURACY, 0.6), new FixedTrainRounds(30), new ByteBudget(9))));
        assertThat(problem(LABELS, "trainRounds: 30, maximumRounds: 40"))
                .contains("rounds.stop.maximumRounds: must not be there beside trainRounds");
    }

    @Test
    void read_targetThatCannotBe_isRefused() {
        assertThat(problem(LABELS, "target: 1.5"))
                .contains("rounds.stop.target: must be an accuracy in (0, 1], was 1.5");
        assertThat(problem(LABELS, "target: 0")).contains("must be an accuracy in (0, 1], was 0.0");
        assertThat(problem(VALUE, "target: -3")).contains("must be an RMSE > 0, was -3.0");
        assertThat(problem(VALUES, "target: 3"))
                .contains("rounds.stop.target: must not be there with 2 outputs, whose errors have different units");
        assertThat(problem(LABELS, "maximumBytes: 0")).contains("rounds.stop.maximumBytes: must be a whole number");
    }

    private String problem(String task, String stop) {
        ConfigurationException exception = catchThrowableOfType(ConfigurationException.class, () -> read(task, stop));
        assertThat(exception.problems()).hasSize(1);
        return exception.problems().get(0);
    }

    private StoppingCriterion read(String task, String stop) {
        try {
            Path file = folder.resolve("federation.yaml");
            Files.writeString(file, """
                    federation: pumps
                    %s
                    features: [{name: X0}]
                    rounds: {stop: {%s}}
                    """.formatted(task, stop));
            return FederationFile.read(file).rounds().stoppingCriterion();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
