package dev.tributary.demo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class DemoOptionsTest {
    @Command(name = "demo")
    private static final class Holder {
        @Mixin
        private final DemoOptions options = new DemoOptions();
    }

    private static DemoOptions parse(String... arguments) {
        Holder holder = new Holder();
        CommandLine line = new CommandLine(holder);
        line.parseArgs(arguments);
        return holder.options;
    }

    @Test
    void nothingGiven_standardPortsAndAFixedSeed() {
        DemoOptions options = parse();
        options.check();
        assertThat(options.port()).isEqualTo(1883);
        assertThat(options.httpPort()).isEqualTo(8080);
        assertThat(options.rounds()).isEmpty();
        assertThat(options.json()).isFalse();
        assertThat(options.plan()).isEmpty();
        assertThat(options.fleetArguments()).containsExactly("--seed=1");
    }

    @Test
    void example_hasAPlanAndRoundsOfItsOwnThatCanBeChanged() {
        DemoOptions options = parse("--example", "separable");
        options.check();
        assertThat(options.rounds()).hasValue(10);
        assertThat(options.plan()).containsExactlyEntriesOf(Map.of("model", "perceptron"));
        assertThat(options.fleetArguments()).containsExactly("--example=separable", "--seed=1");

        DemoOptions changed = parse("--example", "separable", "--rounds", "3", "--plan", "model=linear");
        assertThat(changed.rounds()).hasValue(3);
        assertThat(changed.plan()).containsExactlyEntriesOf(Map.of("model", "linear"));
    }

    @Test
    void everythingAboutTheFleet_isPassedOn(@TempDir Path data) {
        DemoOptions options = parse(
                "--data",
                data.toString(),
                "--target",
                "-y",
                "--ignore",
                "a,b",
                "--time",
                "t",
                "--task",
                "regression",
                "--devices",
                "7",
                "--new-devices",
                "every:5+2",
                "--seed",
                "9",
                "--rounds",
                "3");
        options.check();
        assertThat(options.rounds()).hasValue(3);
        assertThat(options.fleetArguments())
                .containsExactly(
                        "--data=" + data.toAbsolutePath(),
                        "--target=-y",
                        "--ignore=a,b",
                        "--time=t",
                        "--task=regression",
                        "--devices=7",
                        "--new-devices=every:5+2",
                        "--seed=9");
    }

    @Test
    void plan_repeated_keepsOrderAndValues() {
        assertThat(parse("--plan", "encoding=exact", "--plan", "note=a=b").plan())
                .isEqualTo(Map.of("encoding", "exact", "note", "a=b"));
    }

    @ParameterizedTest
    @CsvSource({
        "--rounds=0, '--rounds must be >= 1, was 0'",
        "--devices=0, '--devices must be >= 1, was 0'",
        "--port=70000, '--port must be 0 to 65535, was 70000'",
        "--http-port=-1, '--http-port must be 0 to 65535, was -1'",
        "--http-port=1883, '--port and --http-port must differ, were both 1883'",
        "--plant-drift=2, '--plant-drift must be 0 to 1, was 2.0'",
        "--plant-heterogeneity=NaN, '--plant-heterogeneity must be 0 to 1, was NaN'",
        "--data=/no/such, '--data: no such folder: /no/such'"
    })
    void check_wrongValue_saysOptionRuleAndValue(String argument, String message) {
        DemoOptions options = parse(argument);
        assertThatThrownBy(options::check)
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessage(message);
    }

    @Test
    void plan_withoutValue_isRefused() {
        assertThatThrownBy(() -> parse("--plan", "encoding")).isInstanceOf(CommandLine.ParameterException.class);
    }

    @Test
    void help_namesEveryOption() {
        assertThat(DemoMain.commandLine().getUsageMessage())
                .contains("--data", "--new-devices", "--rounds", "--plan", "--seed", "--json", "--port", "--http-port")
                .doesNotContain("--launcher");
    }
}
