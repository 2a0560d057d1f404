package dev.tributary.coordinator.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.codec.Codecs;
import dev.tributary.config.ConfigurationException;
import dev.tributary.protocol.ByteBudget;
import dev.tributary.protocol.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetSectionTest {
    @TempDir
    private Path folder;

    @Test
    void read_plentyOfBytes_sacrificesNothing() throws IOException {
        FederationDefinition definition = read("budget: {bytesPerDeviceDay: 50000000, roundsPerDay: 96}");
        Budget budget = definition.budget().orElseThrow();
        assertThat(budget.plan().keepAlive()).isEqualTo(Duration.ofSeconds(30));
        assertThat(definition.encoding()).isEqualTo(Codecs.DITHER);
        assertThat(definition.rounds().evaluateEvery()).isEqualTo(1);
        assertThat(definition.rounds().pace()).isEqualTo(Duration.ofMinutes(15));
        assertThat(budget.forDevices())
                .isEqualTo(new ByteBudget(50_000_000, Duration.ofSeconds(30), Duration.ofMinutes(5), false));
    }

    @Test
    void read_fewerBytes_givesUpWhatCostsNoAccuracyFirst() throws IOException {
        List<Long> budgets = List.of(50_000_000L, 2_000_000L, 1_000_000L, 800_000L, 700_000L, 650_000L);
        long last = Long.MAX_VALUE;
        for (long bytes : budgets) {
            FederationDefinition definition = read("budget: {bytesPerDeviceDay: " + bytes + ", roundsPerDay: 240}");
            BytePlan plan = definition.budget().orElseThrow().plan();
            assertThat(plan.bytesPerDay())
                    .isLessThanOrEqualTo((long) (bytes * 0.9))
                    .isLessThanOrEqualTo(last);
            boolean isCoarser = !definition.encoding().equals(Codecs.DITHER);
            assertThat(!isCoarser || definition.rounds().evaluateEvery() > 1)
                    .as("evaluations are rarer before updates are coarser: %s", plan)
                    .isTrue();
            last = plan.bytesPerDay();
        }
    }

    @Test
    void read_whatThePlanSays_isKept() throws IOException {
        FederationDefinition definition = read("""
                budget: {bytesPerDeviceDay: 1100000, roundsPerDay: 240}
                plan: {encoding: int8}
                rounds: {evaluateEvery: 2, every: 20m}
                """);
        assertThat(definition.encoding()).isEqualTo(Encoding.of(2));
        assertThat(definition.rounds().evaluateEvery()).isEqualTo(2);
        assertThat(definition.rounds().pace()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void read_devicesThatAreSeldomCalled_fetchModelsOnlyThen() throws IOException {
        FederationDefinition definition = read("""
                budget: {bytesPerDeviceDay: 400000, roundsPerDay: 240}
                rounds: {goal: 10, startWhen: 1000, evaluateEvery: 240}
                """);
        assertThat(definition.budget().orElseThrow().forDevices().modelsWhenCalled())
                .isTrue();
        assertThat(definition.modelEncoding()).isEqualTo(Encoding.NONE);
    }

    @Test
    void read_tooFewBytes_isRefusedWithTheLeast() {
        String problem = problem("budget: {bytesPerDeviceDay: 1000, roundsPerDay: 24}");
        assertThat(problem)
                .contains("budget.bytesPerDeviceDay: must be at least")
                .contains("for 24 rounds a day");
        long least = Long.parseLong(problem.replaceAll("(?s).*must be at least (\\d+) for.*", "$1"));
        assertThat(problem("budget: {bytesPerDeviceDay: " + (least - 10) + ", roundsPerDay: 24}"))
                .contains("must be at least " + least);
        assertThat(catchRead("budget: {bytesPerDeviceDay: " + (least + 10) + ", roundsPerDay: 24}"))
                .isNull();
    }

    @Test
    void read_halfABudgetOrOneWithoutRounds_isRefused() {
        assertThat(problem("budget: {bytesPerDeviceDay: 100000}")).contains("budget.roundsPerDay: is missing");
        assertThat(problem(
                        "budget: {bytesPerDeviceDay: 900000, roundsPerDay: 24}\nrounds: {mode: asynchronous, goal: 5}"))
                .contains("budget.roundsPerDay: must not be there in asynchronous mode");
    }

    private String problem(String more) {
        return catchRead(more).getMessage();
    }

    private ConfigurationException catchRead(String more) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(more));
    }

    /** A federation of 50 features and 18 labels, 918 weights. */
    private FederationDefinition read(String more) throws IOException {
        String features =
                IntStream.range(0, 50).mapToObj(i -> "{name: X" + i + "}").collect(Collectors.joining(", ", "[", "]"));
        String outputs = IntStream.range(0, 18).mapToObj(i -> "L" + i).collect(Collectors.joining(", ", "[", "]"));
        Path file = Files.writeString(
                folder.resolve("federation.yaml"),
                "federation: wrists\ntask: classification\nfeatures: " + features + "\noutputs: " + outputs + "\n"
                        + more + "\n");
        return FederationFile.read(file);
    }
}
