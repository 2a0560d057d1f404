package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's commands against a coordinator that works, and that is killed and started again in between. */
class FleetCommandsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private String http = "";

    @Test
    void pauseRollBackAndQuarantine_byTheCommands_holdOverAKill() throws IOException {
        int port = TributaryProcess.freePort();
        Files.createDirectory(folder.resolve("data"));
        TestData.stations(folder.resolve("data"), 6, 200);
        try (TributaryProcess broker =
                TributaryProcess.start("broker", "--port", Integer.toString(port), "--in-memory")) {
            broker.awaitLine(LIMIT, "broker listening on");
            try (TributaryProcess fleet = TributaryProcess.start(
                    "simulate",
                    "--broker",
                    "tcp://127.0.0.1:" + port,
                    "--federation",
                    "stations",
                    "--data",
                    folder.resolve("data").toString())) {
                try (TributaryProcess coordinator = coordinator(port)) {
                    coordinator.awaitLine(LIMIT, "\"event\":\"evaluated\"", "\"version\":2");
                    assertThat(json("pause")).containsEntry("paused", true);
                    assertThat(json("rollback", "--before-device", "station-0")).containsEntry("restoredFrom", 0);
                    assertThat(json("quarantine", "station-0", "--reason", "it drifts"))
                            .containsEntry("device", "station-0");
                    coordinator.kill();
                }
                try (TributaryProcess coordinator = coordinator(port)) {
                    assertThat(json("status").get("federations")).asString().contains("paused=true");
                    assertThat(json("devices").get("devices")).asString().contains("reason=it drifts");
                    assertThat(json("resume")).containsEntry("paused", false);
                    coordinator.awaitLine(LIMIT, "roundClosed", "TRAIN", "COMMITTED", "\"contributors\":5");
                    assertThat(coordinator.count("\"contributors\":6")).isZero();
                    assertThat(json("quarantine", "station-0", "--release")).containsEntry("quarantine", null);
                    coordinator.awaitLine(LIMIT, "roundClosed", "TRAIN", "COMMITTED", "\"contributors\":6");
                    assertThat(json("rounds", "--limit", "3").get("rounds"))
                            .asString()
                            .contains("COMMITTED");
                    assertThat(json("models").get("models")).asString().contains("version=");
                    assertThat(coordinator.err()).doesNotContain("\tat ");
                }
                assertThat(fleet.isAlive()).isTrue();
            }
        }
    }

    private TributaryProcess coordinator(int port) throws IOException {
        Files.writeString(folder.resolve("stations.yaml"), """
                federation: stations
                task: regression
                features: [{name: a}, {name: b}, {name: c}]
                outputs: [y]
                rounds: {startWhen: 6, deadline: 8s, minimum: 2, stop: {trainRounds: 100000}}
                seed: 3
                """);
        Path config = folder.resolve("coordinator.yaml");
        Files.writeString(config, """
                broker: {uri: "tcp://127.0.0.1:%d"}
                http: {port: 0}
                federations: [stations.yaml]
                history: {versions: 100000}
                """.formatted(port));
        TributaryProcess coordinator = TributaryProcess.start("coordinator", "--config", config.toString(), "--events");
        http = String.valueOf(TributaryProcess.json(coordinator.awaitLine(LIMIT, "\"event\":\"ready\""))
                .get("http"));
        return coordinator;
    }

    /** The JSON object that a command prints. */
    private Map<String, Object> json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", "--url", http));
        try (TributaryProcess command = TributaryProcess.start(all.toArray(new String[0]))) {
            return command.jsonResult(LIMIT);
        }
    }
}
