package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that is killed again and again comes to the same weights as one that is left alone. */
class CoordinatorCrashIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int TRAIN_ROUNDS = 60;
    private static final int ROUNDS_TO_DIE_IN = 20;
    private static final int MAX_KILLS = 40;
    private static final int MAX_PAUSE_MILLIS = 300;

    @TempDir
    private Path folder;

    private int port;

    @Test
    void coordinator_killedInTwentyRounds_comesToTheSameWeights() throws Exception {
        Map<String, Object> undisturbed = run("calm", 0);
        assertThat(undisturbed).containsEntry("trainRounds", TRAIN_ROUNDS).containsEntry("modelVersion", TRAIN_ROUNDS);
        Map<String, Object> killed = run("rough", ROUNDS_TO_DIE_IN);
        for (String key : new String[] {"trainRounds", "modelVersion", "weightsSha256", "own"}) {
            assertThat(killed).as(key).containsEntry(key, undisturbed.get(key));
        }
    }

    /** Runs the federation with a broker, a fleet and a database of its own, killed in so many rounds. */
    private Map<String, Object> run(String name, int roundsToDieIn) throws Exception {
        port = TributaryProcess.freePort();
        Path home = Files.createDirectory(folder.resolve(name));
        TestData.stations(Files.createDirectory(home.resolve("data")), 6, 300);
        try (TributaryProcess broker = broker(home);
                TributaryProcess fleet = fleet(home)) {
            broker.awaitLine(LIMIT, "broker listening on");
            Set<Object> diedIn = new HashSet<>();
            Random random = new Random(11);
            for (int kills = 0; kills < MAX_KILLS && diedIn.size() < roundsToDieIn; kills++) {
                try (TributaryProcess coordinator = coordinator(home)) {
                    coordinator.awaitLine(LIMIT, "\"event\":\"roundOpened\"");
                    Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
                    coordinator.kill();
                    diedIn.add(newestRound(coordinator));
                }
            }
            assertThat(diedIn).as("rounds in which it was killed").hasSizeGreaterThanOrEqualTo(roundsToDieIn);
            try (TributaryProcess coordinator = coordinator(home)) {
                Map<String, Object> finished = finished(coordinator);
                assertThat(fleet.err()).doesNotContain("\tat ");
                return finished;
            }
        }
    }

    private static Map<String, Object> finished(TributaryProcess coordinator) {
        return TributaryProcess.json(coordinator.awaitLine(LIMIT, "\"event\":\"finished\""));
    }

    private static Object newestRound(TributaryProcess coordinator) {
        Object newest = 0;
        for (String line : coordinator.out()) {
            // The last line may have been cut off by the kill.
            if (line.contains("\"event\":\"roundOpened\"") && line.endsWith("}")) {
                newest = TributaryProcess.json(line).get("round");
            }
        }
        return newest;
    }

    private TributaryProcess broker(Path home) {
        return TributaryProcess.start(
                "broker",
                "--port",
                Integer.toString(port),
                "--home",
                home.resolve("broker").toString());
    }

    private TributaryProcess coordinator(Path home) throws IOException {
        Files.writeString(home.resolve("stations.yaml"), """
                federation: stations
                task: regression
                features: [{name: a}, {name: b}, {name: c}]
                outputs: [y]
                rounds: {startWhen: 6, deadline: 60s, minimum: 6, stop: {trainRounds: %d}}
                seed: 3
                """.formatted(TRAIN_ROUNDS));
        Path config = home.resolve("coordinator.yaml");
        Files.writeString(config, """
                broker: {uri: "tcp://127.0.0.1:%d"}
                http: {port: 0}
                federations: [stations.yaml]
                """.formatted(port));
        return TributaryProcess.start("coordinator", "--config", config.toString(), "--events");
    }

    private TributaryProcess fleet(Path home) {
        return TributaryProcess.start(
                "simulate",
                "--broker",
                "tcp://127.0.0.1:" + port,
                "--federation",
                "stations",
                "--data",
                home.resolve("data").toString(),
                "--events");
    }
}
