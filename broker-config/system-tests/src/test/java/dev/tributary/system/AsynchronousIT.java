package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device whose training takes as long as the others need for several versions, on a real broker. */
class AsynchronousIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final FederationId BELTS = new FederationId("belts");
    private static final int MAXIMUM_STALENESS = 5;
    private static final String COMMITTED = "\"kind\":\"TRAIN\",\"outcome\":\"COMMITTED\"";

    @TempDir
    private Path folder;

    @Test
    void slowDevice_holdsNobodyUp_andCountsWhenItComes_unlessItIsTooLate() throws Exception {
        int port = TributaryProcess.freePort();
        URI uri = URI.create("tcp://127.0.0.1:" + port);
        HeldExamples slow = new HeldExamples(1);
        List<HeldExamples> fast = List.of(new HeldExamples(1), new HeldExamples(1));
        try (TributaryProcess broker =
                        TributaryProcess.start("broker", "--port", Integer.toString(port), "--in-memory");
                TributaryProcess coordinator = coordinator(port)) {
            broker.awaitLine(LIMIT, "broker listening on");
            try (RealDevice slowDevice = RealDevice.with(slow, uri, "slow", BELTS);
                    RealDevice first = RealDevice.with(fast.get(0), uri, "fast-1", BELTS);
                    RealDevice second = RealDevice.with(fast.get(1), uri, "fast-2", BELTS)) {
                coordinator.awaitLine(LIMIT, "roundOpened", "TRAIN");
                Awaitility.await().atMost(LIMIT).until(slow::isHeld);
                makeVersions(coordinator, fast, 3);

                slow.release();
                awaitExplanation(coordinator, "contributed 7 examples, which wait for the next version");
                fast.get(0).release();
                awaitExplanation(coordinator, "contributed 7 examples to version 4, trained from version 0");

                // It answers what was announced meanwhile; that it trains from version 3 or 4 makes no difference.
                Awaitility.await().atMost(LIMIT).until(slow::isHeld);
                fast.get(1).release();
                makeVersions(coordinator, fast, MAXIMUM_STALENESS + 2);
                slow.release();
                awaitExplanation(coordinator, "rejected: stale, the update was trained from version");
                assertThat(slowDevice.disconnections()).isEmpty();
                assertThat(first.contributions() + second.contributions()).isGreaterThan(2 * 10);
                assertThat(coordinator.err()).doesNotContain("\tat ");
            }
        }
    }

    /** Each of the others trains once for each version. */
    private static void makeVersions(TributaryProcess coordinator, List<HeldExamples> fast, int count) {
        for (int i = 0; i < count; i++) {
            long before = coordinator.count(COMMITTED);
            fast.forEach(HeldExamples::release);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> coordinator.count(COMMITTED) > before || !coordinator.isAlive());
        }
    }

    private static void awaitExplanation(TributaryProcess coordinator, String beginning) {
        Awaitility.await(beginning)
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(explanations(coordinator)).anyMatch(one -> one.startsWith(beginning)));
    }

    private static List<String> explanations(TributaryProcess coordinator) throws IOException, InterruptedException {
        Object http = TributaryProcess.json(coordinator.awaitLine(LIMIT, "\"event\":\"ready\""))
                .get("http");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(http + "/api/v1/federations/" + BELTS + "/devices/slow/rounds?limit=100"))
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        List<?> rounds = (List<?>) JSON.std.mapFrom(body).get("rounds");
        return rounds.stream()
                .map(round -> String.valueOf(((Map<?, ?>) round).get("explanation")))
                .toList();
    }

    private TributaryProcess coordinator(int port) throws IOException {
        Files.writeString(folder.resolve("belts.yaml"), """
                federation: belts
                task: regression
                features: [{name: x}]
                outputs: [y]
                plan: {minimumExamples: 2}
                rounds:
                  mode: asynchronous
                  goal: 2
                  maximumStaleness: %d
                  evaluateEvery: 1000
                  startWhen: 3
                  deadline: 5m
                  stop: {trainRounds: 1000}
                seed: 3
                """.formatted(MAXIMUM_STALENESS));
        Path config = folder.resolve("coordinator.yaml");
        Files.writeString(config, """
                broker: {uri: "tcp://127.0.0.1:%d"}
                http: {port: 0}
                federations: [belts.yaml]
                """.formatted(port));
        return TributaryProcess.start("coordinator", "--config", config.toString(), "--events");
    }
}
