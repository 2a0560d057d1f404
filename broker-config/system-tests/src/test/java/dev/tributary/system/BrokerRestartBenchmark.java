package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker with a thousand devices is killed and started again: how many are back after how many seconds. No system test:
 * run it by name, see {@code docs/benchmarks.md}.
 */
final class BrokerRestartBenchmark {
    private static final int DEVICES = Integer.getInteger("benchmark.devices", 1_000);
    private static final int PROCESSES = 4;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(250);

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.onDisk();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> ports = new ArrayList<>();

    @Test
    void thousandDevices_brokerKilled_comeBack() throws IOException {
        List<TributaryProcess> fleets = new ArrayList<>();
        try {
            long begin = System.nanoTime();
            for (int process = 0; process < PROCESSES; process++) {
                fleets.add(fleet(process));
            }
            await().atMost(LIMIT).pollInterval(STEP).until(() -> connected() == DEVICES);
            System.out.printf(Locale.ROOT, "connected from nothing after %.1f s%n", since(begin));
            for (Duration away : List.of(Duration.ZERO, Duration.ofSeconds(30))) {
                settle(SETTLED);
                restart(away);
            }
            assertThat(fleets).allMatch(TributaryProcess::isAlive);
        } finally {
            fleets.forEach(TributaryProcess::close);
        }
    }

    private void restart(Duration away) {
        BROKER.kill();
        await().atMost(LIMIT).pollInterval(STEP).until(() -> connected() == 0);
        settle(away);
        long asked = System.nanoTime();
        BROKER.start();
        System.out.printf(
                Locale.ROOT,
                "broker away for %d s, listening %.1f s after its start%n",
                away.toSeconds(),
                since(asked));
        long listening = System.nanoTime();
        TreeMap<Double, Integer> curve = new TreeMap<>();
        await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(STEP).until(() -> {
            int now = connected();
            curve.put(since(listening), now);
            return now == DEVICES;
        });
        System.out.println("seconds  connected");
        curve.forEach((seconds, count) -> System.out.printf(Locale.ROOT, "%7.2f  %9d%n", seconds, count));
    }

    private static void settle(Duration time) {
        long begin = System.nanoTime();
        await().atMost(LIMIT).pollDelay(Duration.ZERO).until(() -> System.nanoTime() - begin >= time.toNanos());
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private TributaryProcess fleet(int process) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data-" + process));
        for (int i = process; i < DEVICES; i += PROCESSES) {
            TestData.station(data.resolve("dev-%04d.csv".formatted(i)), i, 20, 1);
        }
        int port = TributaryProcess.freePort();
        ports.add(port);
        return TributaryProcess.start(
                "simulate",
                "--broker",
                BROKER.uri().toString(),
                "--federation",
                "restart",
                "--data",
                data.toString(),
                "--http-port",
                Integer.toString(port),
                "--events");
    }

    private int connected() {
        return ports.stream().mapToInt(this::connected).sum();
    }

    private int connected(int port) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("tributary_devices_connected"))
                    .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException notUpYet) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
