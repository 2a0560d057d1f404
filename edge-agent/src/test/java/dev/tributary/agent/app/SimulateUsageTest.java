package dev.tributary.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateUsageTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return SimulateMain.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--federation f --broker http://x | --broker: broker must be tcp://host:port or ssl://host:port",
                "--federation f --keep-alive 11m | --keep-alive: must be in 1s … 10m, was \"11m\"",
                "--federation f --keep-alive 0s | --keep-alive: must be in 1s … 10m, was \"0s\"",
                "--federation f --keep-alive often | --keep-alive: must be a time such as 250ms, 5s or 2m, was \"often\"",
                "--federation f --http-port 99999 | --http-port must be in 0 … 65535, was 99999",
                "--federation f --http-port -1 | --http-port must be in 0 … 65535, was -1",
                "--federation ../f | --federation: federation must be 1 to 64 of",
                "--devices 2 | --federation is missing",
                "--describe --devices 0 | --devices must be >= 1, was 0",
                "--describe --target y | --target needs --data",
                "--describe --data . --plant-drift 0.1 | --plant-drift is for the built-in plant",
                "--describe --plant-drift 2 | drift must be in 0 … 1, was 2.0",
                "--describe --new-devices every:1 | --new-devices: every must be >= 2, was 1",
                "--describe --data no-such-folder | no-such-folder does not exist",
                "--describe --example mnist | --example: must be random-labels or separable, was \"mnist\"",
                "--describe --example separable --data . | --data and --example exclude each other",
                "--describe --example separable --devices 3 | --devices and --example exclude each other",
                "--describe --only machine-01,machine-77 | there is no device \"machine-77\"; see --only",
                "--describe --only machine-01 --new-devices every:3 | --only and --new-devices exclude each other",
                "--describe --byzantine 3:lies | --byzantine: attack must be one of sign-flip, noise, labels, within-norm, none",
                "--describe --byzantine noise | --byzantine: must be COUNT:ATTACK or COUNT:ATTACK:STRENGTH with one of",
                "--describe --byzantine 3:labels:2 | --byzantine: labels has no strength, was \"3:labels:2\"",
                "--describe --byzantine 0:noise | --byzantine: count must be >= 1, was 0",
                "--describe --devices 4 --byzantine 4:noise | there must be fewer Byzantine devices than the 4 that train",
                "--bogus | Unknown option: '--bogus'",
            })
    void run_badArguments_isOneLineAndExitCode2(String arguments, String expected) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);

        assertThat(told()).startsWith("tributary simulate: ").contains(expected);
        assertThat(told().strip().lines()).hasSize(1);
        assertThat(out.size()).isZero();
    }

    @Test
    void run_example_hasOneDeviceThatNeverTrains() {
        assertThat(run("--describe", "--example", "separable")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("{\"id\":\"client-5\",\"role\":\"TRAINER\"},{\"id\":\"held-out\",\"role\":\"EVALUATOR\"}");
    }

    @Test
    void run_only_leavesTheOthersOut() {
        assertThat(run("--describe", "--only", "machine-03,machine-01")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"devices\":[{\"id\":\"machine-01\",\"role\":\"TRAINER\"},{\"id\":\"machine-03\"");
        assertThat(told()).isEmpty();
    }

    @Test
    void run_journalThatCannotBeWritten_isOneLineAndExitCode1() {
        assertThat(run("--federation", "f", "--devices", "2", "--journal", "/nowhere/journal"))
                .isEqualTo(1);

        assertThat(told().strip())
                .startsWith("tributary simulate: cannot write the journal /nowhere/journal: ")
                .hasLineCount(1);
    }

    @Test
    void run_describe_isOneJsonObjectThatSaysItIsASimulator() {
        assertThat(run("--describe", "--devices", "3", "--new-devices", "every:3"))
                .isZero();

        assertThat(out.toString(StandardCharsets.UTF_8).strip().lines()).hasSize(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"simulated\":true,\"task\":\"CLASSIFICATION\",\"target\":\"state\",\"time\":null,")
                .contains(
                        "{\"id\":\"machine-01\",\"role\":\"EVALUATOR\"},{\"id\":\"machine-02\",\"role\":\"TRAINER\"}");
        assertThat(told()).isEmpty();
    }
}
