package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private enum Colour {
        LIGHT_BLUE,
        RED
    }

    @TempDir
    private Path folder;

    @Test
    void getters_fullFile_readEachType() {
        Configuration configuration = load("""
                text: hello
                integer: 7
                number: 0.5
                flag: true
                duration: 90s
                choice: lightBlue
                section: {inner: x}
                sections: [{a: 1}, {a: 2}]
                texts: [p, q]
                """, Map.of());
        Section root = configuration.root();
        assertThat(root.text("text")).isEqualTo("hello");
        assertThat(root.integer("integer", 0, 10)).isEqualTo(7);
        assertThat(root.number("number", 1, 0, 1)).isEqualTo(0.5);
        assertThat(root.flag("flag", false)).isTrue();
        assertThat(root.duration("duration", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
        assertThat(root.choice("choice", Colour.class, Colour.RED)).isEqualTo(Colour.LIGHT_BLUE);
        assertThat(root.section("section").text("inner")).isEqualTo("x");
        assertThat(root.sections("sections").stream().map(s -> s.integer("a", 0, 9)))
                .containsExactly(1L, 2L);
        assertThat(root.texts("texts")).containsExactly("p", "q");
        configuration.finish();
    }

    @Test
    void getters_emptyFile_giveDefaults() {
        Section root = load("", Map.of()).root();
        assertThat(root.text("text", "d")).isEqualTo("d");
        assertThat(root.integer("integer", 3, 0, 10)).isEqualTo(3);
        assertThat(root.section("none").flag("flag", true)).isTrue();
        assertThat(root.sections("sections")).isEmpty();
    }

    @Test
    void finish_manyMistakes_namesAllWithLineKeyAndReason() {
        Configuration configuration = load("""
                integer: many
                flag: perhaps
                brokr: {uri: x}
                section:
                  duration: soon
                choice: green
                """, Map.of());
        Section root = configuration.root();
        root.integer("integer", 0, 10);
        root.flag("flag", true);
        root.section("broker");
        root.section("section").duration("duration", Duration.ZERO);
        root.choice("choice", Colour.class, null);
        root.text("missing");
        ConfigurationException problem = catchThrowableOfType(ConfigurationException.class, configuration::finish);
        String file = configuration.file().toString();
        assertThat(problem.problems())
                .containsExactlyInAnyOrder(
                        file + ":1: integer: must be a whole number from 0 to 10, was \"many\"",
                        file + ":2: flag: must be true or false, was \"perhaps\"",
                        file + ":3: brokr: unknown key; did you mean broker?",
                        file
                                + ":5: section.duration: must be a duration such as 250ms, 90s, 5m, 2h or 1d, was \"soon\"",
                        file + ":6: choice: must be one of lightBlue, red, was \"green\"",
                        file + ":1: missing: is missing");
    }

    @Test
    void getters_environment_winsOverFileAndIsNamedWhenWrong() {
        Configuration configuration = load(
                "broker: {keepAlive: 1s}\n", Map.of("TRIBUTARY_BROKER_KEEP_ALIVE", "5s", "TRIBUTARY_BROKER_PORT", "x"));
        Section broker = configuration.root().section("broker");
        assertThat(broker.duration("keepAlive", Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
        broker.integer("port", 1883, 1, 65535);
        assertThatThrownBy(configuration::finish).hasMessageContaining("(from TRIBUTARY_BROKER_PORT)");
    }

    @Test
    void secret_printed_isMasked() {
        Secret secret = load("password: hunter2\n", Map.of()).root().secret("password", "");
        assertThat(secret).hasToString("****");
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    void load_brokenYaml_namesTheLine() {
        assertThatThrownBy(() -> load("a: 1\nb: [1, 2\nc: 3\n", Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not YAML");
        assertThatThrownBy(load("a: 1\na: 2\n", Map.of())::finish)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(":2: a: is there twice");
        assertThatThrownBy(() -> load("- a\n", Map.of())).hasMessageContaining("must be a mapping");
        assertThatThrownBy(() -> Configuration.load(folder.resolve("none.yaml"), Map.of()))
                .hasMessageContaining("none.yaml: no such file");
    }

    private Configuration load(String yaml, Map<String, String> environment) {
        try {
            Path file = Files.createTempFile(folder, "c", ".yaml");
            Files.writeString(file, yaml);
            return Configuration.load(file, environment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
