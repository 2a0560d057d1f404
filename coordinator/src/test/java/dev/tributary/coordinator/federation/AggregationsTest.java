package dev.tributary.coordinator.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ConfigurationException;
import dev.tributary.coordinator.aggregation.CoordinateMedian;
import dev.tributary.coordinator.aggregation.MultiKrum;
import dev.tributary.coordinator.aggregation.NormZeroing;
import dev.tributary.coordinator.aggregation.RobustRule;
import dev.tributary.coordinator.aggregation.TrimmedMean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregationsTest {
    @TempDir
    private Path folder;

    @Test
    void read_nothingSaid_isFedAvg() {
        assertThat(read("", "").aggregation()).isEqualTo(Aggregation.MEAN);
    }

    @Test
    void read_eachByItsName_needsItsContributors() {
        assertRule("median", new CoordinateMedian(2), 5);
        assertRule("trimmedMean", new TrimmedMean(2), 5);
        assertRule("multiKrum", new MultiKrum(2), 7);
        assertRule("zeroing", new NormZeroing(2), 5);
    }

    private void assertRule(String name, RobustRule rule, int minimum) {
        FederationDefinition definition = read("aggregation: " + name + ", byzantine: 2", "");
        assertThat(definition.aggregation()).isEqualTo(new Aggregation(Optional.of(rule), 1));
        assertThat(definition.rounds().minimum()).isEqualTo(minimum);
        assertThat(definition.rounds().startWhen()).isEqualTo(minimum);
    }

    @Test
    void read_exampleCap_isForRulesThatWeigh() {
        assertThat(read("exampleCap: 500", "").aggregation()).isEqualTo(new Aggregation(Optional.empty(), 500));
        assertThat(read("aggregation: multiKrum, byzantine: 1, exampleCap: 500", "")
                        .aggregation())
                .isEqualTo(new Aggregation(Optional.of(new MultiKrum(1)), 500));
        assertThat(problem("aggregation: median, byzantine: 1, exampleCap: 500", ""))
                .contains("plan.exampleCap: must not be there with aggregation median");
        assertThat(problem("exampleCap: 500", "mode: asynchronous, goal: 5"))
                .contains("plan.exampleCap: must not be there in asynchronous mode");
        assertThat(read("exampleCap: none", "").aggregation())
                .isEqualTo(new Aggregation(Optional.empty(), Long.MAX_VALUE));
        assertThat(problem("exampleCap: 0", "")).contains("plan.exampleCap: must be a whole number");
    }

    @Test
    void read_byzantineDevicesWithoutARobustRule_areRefused() {
        assertThat(problem("byzantine: 2", ""))
                .contains("plan.byzantine: must not be there with aggregation fedavg, which withstands none");
        assertThat(problem("aggregation: trimmedMean", ""))
                .contains("plan.byzantine: is missing: with aggregation trimmedMean say how many");
        assertThat(problem("aggregation: krum, byzantine: 1", "minimum: 30"))
                .contains("plan.aggregation: must be one of fedavg, median, trimmedMean, multiKrum, zeroing");
    }

    @Test
    void read_tooFewContributors_isRefusedWithTheNumbers() {
        assertThat(problem("aggregation: multiKrum, byzantine: 10", "minimum: 22"))
                .contains("plan.byzantine: needs at least 23 contributors to a round with aggregation multiKrum"
                        + " (2 x byzantine + 3), but the minimum is 22");
        assertThat(problem("aggregation: multiKrum, byzantine: 10", "goal: 12"))
                .contains("needs at least 23 contributors")
                .contains("but the minimum is 12");
        assertThat(problem("aggregation: trimmedMean, byzantine: 10", "startWhen: 20"))
                .contains("needs at least 21 contributors")
                .contains("but the minimum is 20");
        assertThat(problem("aggregation: median, byzantine: 10", "minimum: 20")).contains("needs at least 21");
        assertThat(problem("aggregation: zeroing, byzantine: 10", "minimum: 20"))
                .contains("needs at least 21");
        assertThat(read("aggregation: multiKrum, byzantine: 10", "minimum: 23")
                        .rounds()
                        .minimum())
                .isEqualTo(23);
    }

    @Test
    void read_robustRuleInAsynchronousMode_isRefused() {
        assertThat(problem("aggregation: multiKrum, byzantine: 1", "mode: asynchronous, goal: 10"))
                .contains("plan.aggregation: must be fedavg in asynchronous mode, was multiKrum");
    }

    @Test
    void read_robustRuleWithTheExactSolver_isRefused() {
        assertThat(problem("solver: exact, exampleCap: 9", "", "regression", "A"))
                .contains("plan.exampleCap: must not be there with solver exact");
    }

    private String problem(String plan, String rounds) {
        return problem(plan, rounds, "classification", "A, B");
    }

    private String problem(String plan, String rounds, String task, String outputs) {
        ConfigurationException exception =
                catchThrowableOfType(ConfigurationException.class, () -> read(plan, rounds, task, outputs));
        assertThat(exception.problems()).hasSize(1);
        return exception.problems().get(0);
    }

    private FederationDefinition read(String plan, String rounds) {
        return read(plan, rounds, "classification", "A, B");
    }

    private FederationDefinition read(String plan, String rounds, String task, String outputs) {
        try {
            Path file = folder.resolve("federation.yaml");
            Files.writeString(file, """
                    federation: pumps
                    task: %s
                    features: [{name: X0}]
                    outputs: [%s]
                    plan: {%s}
                    rounds: {%s}
                    """.formatted(task, outputs, plan, rounds));
            return FederationFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
