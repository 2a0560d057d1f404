package dev.tributary.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.config.Configuration;
import dev.tributary.config.ConfigurationException;
import dev.tributary.protocol.Presence;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigTest {
    @TempDir
    private Path folder;

    private AgentConfig read(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), yaml);
        return AgentConfig.read(Configuration.load(file, environment));
    }

    @Test
    void read_leastFile_hasDefaults() throws IOException {
        AgentConfig config = read("device: pump-7\nfederations: [{name: plant}]\n", Map.of());
        assertThat(config)
                .isEqualTo(new AgentConfig(
                        new DeviceId("pump-7"),
                        URI.create("tcp://127.0.0.1:1883"),
                        Optional.empty(),
                        20_000,
                        "127.0.0.1",
                        8081,
                        List.of(new AgentConfig.Membership(new FederationId("plant"), Presence.Role.TRAINER)),
                        new AgentConfig.Sensor(
                                AgentConfig.SensorType.NONE,
                                folder.toAbsolutePath().resolve(""),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ZERO),
                        AgentConfig.Output.MQTT));
    }

    @Test
    void read_fullFile_andEnvironment() throws IOException {
        AgentConfig config = read("""
                device: pump-7
                broker: {uri: tcp://broker:1884}
                store: {path: data/pump.store, maximumExamples: 500}
                http: {host: 0.0.0.0, port: 9000}
                federations: [{name: plant, role: evaluator}, {name: energy, role: trainer}]
                sensor: {type: csv-follow, path: pump.csv, target: state, time: at, interval: 2s}
                prediction: {output: stdout}
                """, Map.of("TRIBUTARY_BROKER_URI", "tcp://elsewhere:1883"));
        assertThat(config.broker()).isEqualTo(URI.create("tcp://elsewhere:1883"));
        assertThat(config.store()).contains(folder.toAbsolutePath().resolve("data/pump.store"));
        assertThat(config.maximumExamples()).isEqualTo(500);
        assertThat(config.federations()).hasSize(2);
        assertThat(config.federations().get(0).role()).isEqualTo(Presence.Role.EVALUATOR);
        assertThat(config.sensor())
                .isEqualTo(new AgentConfig.Sensor(
                        AgentConfig.SensorType.CSV_FOLLOW,
                        folder.toAbsolutePath().resolve("pump.csv"),
                        Optional.of("state"),
                        Optional.of("at"),
                        Duration.ofSeconds(2)));
        assertThat(config.prediction()).isEqualTo(AgentConfig.Output.STDOUT);
    }

    @Test
    void read_fileWithManyMistakes_saysAllOfThem() {
        assertThatThrownBy(() -> read("""
                        device: pump/7
                        broker: {uri: 127.0.0.1}
                        federations: [{name: plant, role: boss}, {name: plant}]
                        sensor: {type: csv}
                        pridiction: {output: stdout}
                        """, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("agent.yaml:1: device: device must be 1 to 64")
                .hasMessageContaining("agent.yaml:2: broker.uri: must be like tcp://host:1883, was 127.0.0.1")
                .hasMessageContaining("federations[0].role")
                .hasMessageContaining("federations[1].name: must be given once, was again plant")
                .hasMessageContaining("sensor.path")
                .hasMessageContaining("pridiction: unknown key");
    }

    @Test
    void read_withoutFederations_saysSo() {
        assertThatThrownBy(() -> read("device: a\n", Map.of()))
                .hasMessageContaining("federations: must name at least one");
    }
}
