package dev.tributary.demo.app;

import dev.tributary.demo.report.BrokerTraffic;
import dev.tributary.demo.report.FleetTraffic;
import dev.tributary.demo.report.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads the bytes that fleet and broker counted, once nothing is on its way any more. */
final class Meters {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int ATTEMPTS = 20;
    private static final int STABLE = 4;
    private static final long PAUSE_MILLIS = 100;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI fleet;
    private final URI broker;

    Meters(String fleetHttp, int brokerMetricsPort) {
        this.fleet = URI.create(fleetHttp + "/metrics");
        this.broker = URI.create("http://127.0.0.1:" + brokerMetricsPort + "/metrics");
    }

    /** Both counts of one moment. */
    record Reading(Optional<FleetTraffic> fleet, Optional<BrokerTraffic> broker) {
        boolean agrees() {
            return fleet.isPresent()
                    && broker.isPresent()
                    && fleet.get().up() + fleet.get().upOther() == broker.get().fromDevices()
                    && fleet.get().down() == broker.get().toDevices();
        }
    }

    /** Reads both until they agree or stay the same for a while, at most two seconds or so. */
    Reading read() throws InterruptedException {
        Reading last = new Reading(Optional.empty(), Optional.empty());
        int same = 0;
        for (int attempt = 0; attempt < ATTEMPTS && same < STABLE; attempt++) {
            Optional<FleetTraffic> before = page(fleet).map(FleetTraffic::of);
            Reading now = new Reading(before, page(broker).map(BrokerTraffic::of));
            boolean still = before.equals(page(fleet).map(FleetTraffic::of));
            if (still && now.agrees()) {
                return now;
            }
            same = now.equals(last) ? same + 1 : 0;
            last = now;
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return last;
    }

    private Optional<PrometheusText> page(URI uri) throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(PrometheusText.parse(response.body())) : Optional.empty();
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }
}
