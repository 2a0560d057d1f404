package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker, coordinator, fleet and agent by themselves, started in any order, and killed in the middle. */
class ProcessesIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private int port;
    private TributaryProcess broker;

    @BeforeEach
    void startBroker() throws IOException {
        port = TributaryProcess.freePort();
        Files.createDirectory(folder.resolve("data"));
        TestData.stations(folder.resolve("data"), 6, 300);
        broker = broker();
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void agent_killedInMidRun_takesPartAgainAfterARestart() throws IOException {
        TestData.station(folder.resolve("solo.csv"), 42, 300, 1);
        try (TributaryProcess coordinator = coordinator(7, "{trainRounds: 150}", "stations");
                TributaryProcess fleet = fleet("stations")) {
            try (TributaryProcess agent = agent("stations")) {
                coordinator.awaitLine(LIMIT, "roundClosed", "TRAIN", "\"contributors\":7");
                agent.kill();
            }
            coordinator.awaitLine(LIMIT, "roundClosed", "TRAIN", "\"contributors\":6");
            long before = coordinator.count("\"contributors\":7");
            try (TributaryProcess agent = agent("stations")) {
                org.awaitility.Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> coordinator.count("\"contributors\":7") > before || !coordinator.isAlive());
                assertThat(coordinator.count("\"contributors\":7")).isGreaterThan(before);
                Map<String, Object> finished =
                        TributaryProcess.json(coordinator.awaitLine(LIMIT, "\"event\":\"finished\""));
                assertThat(finished).containsEntry("trainRounds", 150);
                assertThat(agent.isAlive()).isTrue();
            }
            assertThat(fleet.isAlive()).isTrue();
        }
    }

    @Test
    void broker_killedInMidRun_theFederationGoesOn() throws IOException {
        try (TributaryProcess coordinator = coordinator(6, "{trainRounds: 15}", "stations");
                TributaryProcess fleet = fleet("stations")) {
            coordinator.awaitLine(LIMIT, "\"event\":\"evaluated\"", "\"version\":2");
            broker.kill();
            broker = broker();
            Map<String, Object> finished =
                    TributaryProcess.json(coordinator.awaitLine(LIMIT, "\"event\":\"finished\""));
            assertThat(finished).containsEntry("trainRounds", 15).containsEntry("modelVersion", 15);
            assertThat(fleet.isAlive()).isTrue();
        }
    }

    @Test
    void coordinator_startedBeforeTheBrokerAndAfterTheFleet_findsBoth() throws IOException {
        broker.kill();
        try (TributaryProcess fleet = fleet("stations")) {
            try (TributaryProcess coordinator = coordinator(6, "{trainRounds: 2}", "stations")) {
                coordinator.awaitLine(LIMIT, "\"event\":\"ready\"");
                broker = broker();
                coordinator.awaitLine(LIMIT, "\"event\":\"finished\"");
                assertThat(coordinator.err()).doesNotContain("\tat ");
            }
            assertThat(fleet.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void coordinator_twoFederations_runsBoth_withOneDeviceInEach() throws IOException {
        TestData.station(folder.resolve("solo.csv"), 42, 300, 1);
        try (TributaryProcess coordinator = coordinator(7, "{trainRounds: 3}", "first", "second");
                TributaryProcess first = fleet("first");
                TributaryProcess second = fleetWithIds("second");
                TributaryProcess agent = agent("first", "second")) {
            coordinator.awaitLine(LIMIT, "\"event\":\"finished\"", "\"first\"", "\"trainRounds\":3");
            coordinator.awaitLine(LIMIT, "\"event\":\"finished\"", "\"second\"", "\"trainRounds\":3");
            for (String federation : List.of("first", "second")) {
                coordinator.awaitLine(LIMIT, "roundClosed", "TRAIN", federation, "\"contributors\":7");
            }
            assertThat(first.isAlive() && second.isAlive() && agent.isAlive()).isTrue();
        }
    }

    @Test
    void coordinator_fileWithFiveMistakes_namesThemAll() throws IOException {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, """
                federation: no spaces allowed
                task: clasification
                features: [{name: a}, {name: a}]
                outputs: [only]
                plan: {objective: squared, localEpoch: 3}
                rounds: {minimum: 5, goal: 2}
                """);
        Path config = folder.resolve("coordinator.yaml");
        Files.writeString(config, "federations: [wrong.yaml]\nhttp: {port: 0}\n");
        try (TributaryProcess coordinator = TributaryProcess.start("coordinator", "--config", config.toString())) {
            assertThat(coordinator.exitCode(LIMIT)).isEqualTo(2);
            assertThat(coordinator.err())
                    .contains("wrong.yaml:1")
                    .contains("wrong.yaml:2")
                    .contains("wrong.yaml:3")
                    .contains("wrong.yaml:5: plan.localEpoch: unknown key; did you mean localEpochs?")
                    .contains("wrong.yaml:6")
                    .doesNotContain("\tat ");
        }
    }

    private TributaryProcess broker() {
        TributaryProcess started = TributaryProcess.start(
                "broker",
                "--port",
                Integer.toString(port),
                "--home",
                folder.resolve("broker").toString());
        started.awaitLine(LIMIT, "broker listening on");
        return started;
    }

    private TributaryProcess coordinator(int devices, String stop, String... federations) throws IOException {
        StringBuilder files = new StringBuilder();
        for (String federation : federations) {
            Files.writeString(folder.resolve(federation + ".yaml"), """
                    federation: %s
                    task: regression
                    features: [{name: a}, {name: b}, {name: c}]
                    outputs: [y]
                    rounds: {startWhen: %d, deadline: 8s, minimum: 2, stop: %s}
                    seed: 3
                    """.formatted(federation, devices, stop));
            files.append(files.isEmpty() ? "" : ", ").append(federation).append(".yaml");
        }
        Path config = folder.resolve("coordinator.yaml");
        Files.writeString(
                config,
                "broker: {uri: \"tcp://127.0.0.1:%d\"}%nhttp: {port: 0}%nfederations: [%s]%n".formatted(port, files));
        return TributaryProcess.start("coordinator", "--config", config.toString(), "--events");
    }

    private TributaryProcess fleet(String federation) {
        return fleet(federation, folder.resolve("data"));
    }

    private TributaryProcess fleetWithIds(String federation) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data-" + federation));
        for (int i = 0; i < 6; i++) {
            TestData.station(data.resolve(federation + "-" + i + ".csv"), i, 200, 1);
        }
        return fleet(federation, data);
    }

    private TributaryProcess fleet(String federation, Path data) {
        return TributaryProcess.start(
                "simulate",
                "--broker",
                "tcp://127.0.0.1:" + port,
                "--federation",
                federation,
                "--data",
                data.toString(),
                "--events");
    }

    private TributaryProcess agent(String... federations) throws IOException {
        Path config = folder.resolve("agent.yaml");
        Files.writeString(config, """
                device: solo
                broker: {uri: "tcp://127.0.0.1:%d"}
                store: {path: "%s"}
                http: {port: 0}
                federations: [{name: %s}]
                sensor: {type: csv, path: "%s", target: y, time: time}
                """.formatted(
                        port,
                        folder.resolve("solo-store"),
                        String.join("}, {name: ", federations),
                        folder.resolve("solo.csv")));
        return TributaryProcess.start("agent", "--config", config.toString());
    }
}
