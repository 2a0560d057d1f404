package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorConfigTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("coordinator.yaml");
        Files.createDirectory(folder.resolve("federations"));
        Files.writeString(folder.resolve("federations/good.yaml"), """
                federation: pumps
                task: classification
                features: [{name: x}]
                outputs: [a, b]
                """);
        Files.writeString(folder.resolve("federations/bad.yaml"), """
                federation: fans
                task: classification
                features: [{name: x}]
                outputs: [a]
                """);
    }

    @Test
    void load_onlyFederations_hasDefaults() throws IOException {
        Files.writeString(file, "federations: [federations/good.yaml]\n");
        CoordinatorConfig config = CoordinatorConfig.load(file, Map.of());
        assertThat(config.name()).isEqualTo("main");
        assertThat(config.clientId()).isEqualTo("coordinator-main-0");
        assertThat(config.broker()).isEqualTo(URI.create("tcp://127.0.0.1:1883"));
        assertThat(config.httpHost()).isEqualTo("127.0.0.1");
        assertThat(config.httpPort()).isEqualTo(8080);
        assertThat(config.stopWhenFinished()).isFalse();
        assertThat(config.federations())
                .singleElement()
                .satisfies(one -> assertThat(one.id().value()).isEqualTo("pumps"));
    }

    @Test
    void load_everything_isTakenAndTheEnvironmentWins() throws IOException {
        Files.writeString(file, """
                name: north
                broker: {uri: "tcp://broker:1884"}
                http: {host: 0.0.0.0, port: 0}
                federations: [federations/good.yaml]
                stopWhenFinished: true
                """);
        CoordinatorConfig config = CoordinatorConfig.load(file, Map.of("TRIBUTARY_BROKER_URI", "tcp://other:1885"));
        assertThat(config.broker()).isEqualTo(URI.create("tcp://other:1885"));
        assertThat(config.httpHost()).isEqualTo("0.0.0.0");
        assertThat(config.httpPort()).isZero();
        assertThat(config.stopWhenFinished()).isTrue();
    }

    @Test
    void load_mistakesInSeveralFiles_namesAll() throws IOException {
        Files.writeString(file, """
                broker: {uri: localhost}
                http: {port: 99999}
                federations: [federations/good.yaml, federations/bad.yaml, federations/good.yaml, none.yaml]
                """);
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> CoordinatorConfig.load(file, Map.of()))
                        .problems())
                .anySatisfy(line -> assertThat(line).contains("coordinator.yaml:1: broker.uri: must be like tcp://"))
                .anySatisfy(line -> assertThat(line).contains("coordinator.yaml:2: http.port: must be a whole number"))
                .anySatisfy(line -> assertThat(line).contains("bad.yaml:4: outputs: must be at least 2 labels"))
                .anySatisfy(line -> assertThat(line).contains("federations: pumps is there twice"))
                .anySatisfy(line -> assertThat(line).contains("none.yaml: no such file"))
                .hasSize(5);
    }

    @Test
    void load_noFederation_isRefused() throws IOException {
        Files.writeString(file, "name: main\n");
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> CoordinatorConfig.load(file, Map.of()))
                        .problems())
                .singleElement()
                .asString()
                .contains("federations: must name at least one file");
    }
}
