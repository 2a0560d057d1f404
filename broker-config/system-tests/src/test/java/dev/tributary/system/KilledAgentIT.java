package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.update.Update;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An agent's process that is killed with an update stored which nobody has. */
final class KilledAgentIT {
    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    @TempDir
    private Path folder;

    private final int http = TributaryProcess.freePort();

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private TributaryProcess agent(Gate gate) throws IOException {
        Path config = folder.resolve("agent.yaml");
        StringBuilder rows = new StringBuilder("x,y\n");
        for (int i = 0; i < 20; i++) {
            rows.append(i).append(',').append(10 * i).append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        Files.writeString(config, """
                device: dev-slain
                broker: {uri: "%s", keepAlive: 60s}
                store: {path: "%s"}
                http: {port: %d}
                federations: [{name: slain}]
                sensor: {type: csv, path: rows.csv, target: y}
                """.formatted(gate.uri(), folder.resolve("store"), http));
        return TributaryProcess.start("agent", "--config", config.toString());
    }

    private double metric(String sample) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(sample))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException notUpYet) {
            return -1;
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private double trainings() {
        return metric("tributary_round_work_seconds_count{application=\"tributary-agent\",kind=\"train\"}");
    }

    @Test
    void killedBetweenStoringAndPublishing_sendsWhatItTrained_andGetsItsReceipt() throws IOException {
        try (WireCoordinator coordinator = new WireCoordinator(BROKER.uri(), "slain");
                Gate gate = new Gate(BROKER.uri())) {
            coordinator.spec();
            coordinator.model(1);
            try (TributaryProcess agent = agent(gate)) {
                soon().until(() -> metric("tributary_examples") == 20);
                soon().until(() -> metric("tributary_model_version") == 1);
                // What it hears goes on; what it says is lost from here.
                gate.deafen();
                coordinator.round(1, 1, Duration.ofMinutes(5));
                soon().until(() -> trainings() == 1);
                agent.kill();
            }
            assertThat(coordinator.answers()).isEmpty();
            // The federation went on meanwhile.
            coordinator.model(2);
            try (TributaryProcess agent = agent(gate)) {
                soon().until(() -> !coordinator.answers().isEmpty());
                assertThat(coordinator.answers().get(0)).isInstanceOfSatisfying(Update.class, update -> {
                    assertThat(update.round().number()).isEqualTo(1);
                    assertThat(update.baseVersion()).isEqualTo(1);
                    assertThat(update.exampleCount()).isEqualTo(14);
                });
                coordinator.accept("dev-slain", 1);
                soon().until(() -> metric("tributary_receipts_total") == 1);
                assertThat(trainings()).as("trained in this process").isZero();
                assertThat(agent.isAlive()).isTrue();
            }
        }
    }
}
