package dev.tributary.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.agent.participation.DutyCycle;
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
                        new AgentConfig.Broker(URI.create("tcp://127.0.0.1:1883"), Duration.ofSeconds(30)),
                        new DutyCycle.Always(),
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
                broker: {uri: tcp://broker:1884, keepAlive: 90s}
                connection: {mode: sleep, sleep: 1h, awake: 2s}
                store: {path: data/pump.store, maximumExamples: 500}
                http: {host: 0.0.0.0, port: 9000}
                federations: [{name: plant, role: evaluator}, {name: energy, role: trainer}]
                sensor: {type: csv-follow, path: pump.csv, target: state, time: at, interval: 2s}
                prediction: {output: stdout}
                """, Map.of("TRIBUTARY_BROKER_URI", "tcp://elsewhere:1883"));
        assertThat(config.broker())
                .isEqualTo(new AgentConfig.Broker(URI.create("tcp://elsewhere:1883"), Duration.ofSeconds(90)));
        assertThat(config.dutyCycle()).isEqualTo(new DutyCycle.Sleeps(Duration.ofHours(1), Duration.ofSeconds(2)));
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
    void read_connectionThatCannotBe_saysWhy() {
        assertThatThrownBy(() -> read("""
                        device: a
                        federations: [{name: plant}]
                        broker: {keepAlive: 11m}
                        connection: {sleep: 10m}
                        """, Map.of()))
                .hasMessageContaining("agent.yaml:3: broker.keepAlive: must be in 1s … 10m, was 11m")
                .hasMessageContaining("agent.yaml:4: connection.sleep: is for mode: sleep");
        assertThatThrownBy(() -> read("""
                        device: a
                        federations: [{name: plant}]
                        connection: {mode: sleep, sleep: 500ms, awake: 2h}
                        """, Map.of()))
                .hasMessageContaining("agent.yaml:3: connection.sleep: must be in 1s … 7d, was 500ms")
                .hasMessageContaining("agent.yaml:3: connection.awake: must be in 100ms … 1h, was 2h");
        assertThatThrownBy(
                        () -> read("device: a\nfederations: [{name: plant}]\nconnection: {mode: dozing}\n", Map.of()))
                .hasMessageContaining("connection.mode: must be one of always, sleep, was \"dozing\"");
    }

    @Test
    void read_withoutFederations_saysSo() {
        assertThatThrownBy(() -> read("device: a\n", Map.of()))
                .hasMessageContaining("federations: must name at least one");
    }
}
