package dev.tributary.system;

import dev.tributary.codec.Float32;
import dev.tributary.codec.Float64;
import dev.tributary.model.Bytes;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Moments;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportListener;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Updates of 2 kB from many devices at once, through the broker: how fast the coordinator takes them, beside a subscriber
 * that only acknowledges. No system test: run it by name, see {@code docs/benchmarks.md}.
 */
final class BrokerIngestBenchmark {
    private static final int DEVICES = Integer.getInteger("benchmark.devices", 2_000);
    private static final int FEATURES = 500;
    private static final int RUNS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final FederationId PUMPS = new FederationId("pumps");
    private static final Presence.Membership TRAINER = new Presence.Membership(PUMPS, Presence.Role.TRAINER, 10);

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.onDisk();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void updatesPerSecond_coordinatorBesideABareSubscriber() throws Exception {
        for (int run = 1; run <= RUNS; run++) {
            System.out.printf("run %d: bare subscriber %.0f updates/s%n", run, bare());
        }
        coordinator();
    }

    private double bare() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        try (Transport subscriber = new PahoTransport(MqttSettings.of(BROKER.uri(), "coordinator-bare"))) {
            subscriber.subscribe(Topics.updateFilter(PUMPS));
            subscriber.start(new TransportListener() {
                @Override
                public void onMessage(Delivery delivery) {
                    taken.incrementAndGet();
                    delivery.acknowledge();
                }
            });
            Awaitility.await().atMost(LIMIT).until(subscriber::isConnected);
            List<RawClient> devices = connect();
            List<byte[]> packets = packets(new byte[2_040]);
            double rate = send(devices, packets, taken::get);
            close(devices);
            return rate;
        }
    }

    private void coordinator() throws Exception {
        Path home = Files.createDirectory(folder.resolve("coordinator"));
        int http = TributaryProcess.freePort();
        try (TributaryProcess process = process(home, http);
                Board board = new Board()) {
            process.awaitLine(LIMIT, "\"event\":\"ready\"");
            DeviceId keeper = new DeviceId("keeper");
            try (RawClient first = RawClient.connect(BROKER.uri(), keeper.value())) {
                first.expect(RawClient.CONNACK);
                Awaitility.await()
                        .atMost(LIMIT)
                        .pollInterval(Duration.ofMillis(200))
                        .until(() -> {
                            // Not retained, or the next run would wait for devices of this one; so it may come too
                            // early.
                            present(first, keeper);
                            return board.has(RoundKind.STATISTICS);
                        });
                RoundAnnouncement statistics = board.await(RoundKind.STATISTICS);
                publish(first, keeper, statistics(statistics, board.spec().schema()));
                List<RawClient> devices = connect();
                for (int i = 0; i < devices.size(); i++) {
                    present(devices.get(i), device(i));
                }
                URI metrics = URI.create("http://127.0.0.1:" + http + "/metrics");
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> sample(metrics, "tributary_devices_online{", "") > DEVICES);
                RoundId last = statistics.round();
                for (int run = 1; run <= RUNS; run++) {
                    RoundAnnouncement train = board.await(RoundKind.TRAIN, last);
                    last = train.round();
                    int before = accepted(metrics);
                    List<byte[]> packets =
                            packets(WireMapper.encode(delta(train)).toArray());
                    double rate = send(devices, packets, () -> accepted(metrics) - before);
                    System.out.printf("run %d: coordinator     %.0f updates/s%n", run, rate);
                    publish(first, keeper, delta(train));
                }
                close(devices);
            }
        }
    }

    private static int accepted(URI metrics) throws IOException, InterruptedException {
        return (int) sample(metrics, "tributary_updates_total{", "verdict=\"accepted\"");
    }

    private static double sample(URI metrics, String prefix, String tag) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(prefix) && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private TributaryProcess process(Path home, int http) throws IOException {
        StringBuilder features = new StringBuilder();
        for (int i = 0; i < FEATURES; i++) {
            features.append(i == 0 ? "" : ", ").append("{name: x").append(i).append('}');
        }
        Files.writeString(home.resolve("pumps.yaml"), """
                federation: pumps
                task: regression
                features: [%s]
                outputs: [y]
                plan: {encoding: exact}
                rounds: {startWhen: 1, deadline: 1h, evaluateEvery: 100, stop: {trainRounds: 100}}
                """.formatted(features));
        Path config = home.resolve("coordinator.yaml");
        Files.writeString(config, """
                name: ingest
                broker: {uri: "%s"}
                http: {port: %d}
                federations: [pumps.yaml]
                """.formatted(BROKER.uri(), http));
        return TributaryProcess.start("coordinator", "--config", config.toString(), "--events");
    }

    /** How many there are now. */
    private interface Count {
        int get() throws Exception;
    }

    private static double send(List<RawClient> devices, List<byte[]> packets, Count taken) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < devices.size(); i++) {
            devices.get(i).send(packets.get(i));
        }
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> taken.get() >= DEVICES);
        return DEVICES / ((System.nanoTime() - begin) / 1e9);
    }

    private static List<byte[]> packets(byte[] payload) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            packets.add(RawClient.publish(Topics.update(PUMPS, 1, device(i)), 7, new byte[0], payload));
        }
        return packets;
    }

    private static List<RawClient> connect() throws IOException {
        List<RawClient> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            RawClient client = RawClient.connect(BROKER.uri(), device(i).value(), 600);
            client.expect(RawClient.CONNACK);
            devices.add(client);
        }
        return devices;
    }

    private static void close(List<RawClient> devices) throws IOException {
        for (RawClient device : devices) {
            device.close();
        }
    }

    private static DeviceId device(int number) {
        return new DeviceId("device-" + number);
    }

    private static void present(RawClient client, DeviceId device) throws IOException {
        Presence presence = new Presence(device, Presence.Status.ONLINE, "raw", List.of(TRAINER));
        client.send(RawClient.publish(
                Topics.presence(device),
                1,
                new byte[0],
                WireMapper.encode(presence).toArray()));
    }

    private static void publish(RawClient client, DeviceId device, Update update) throws IOException {
        client.send(RawClient.publish(
                Topics.update(PUMPS, 1, device),
                2,
                new byte[0],
                WireMapper.encode(update).toArray()));
    }

    private static Update statistics(RoundAnnouncement call, ModelSchema schema) {
        double[] moments = Moments.empty(schema).toVector().toArray();
        for (int i = 0; i < moments.length; i += 3) {
            moments[i] = 10;
            moments[i + 2] = 10;
        }
        return update(
                call, EncodedVector.Role.MOMENTS, Float64.ID, new Float64().encode(Vector.of(moments), new Seed(0)));
    }

    private static Update delta(RoundAnnouncement call) {
        return update(
                call,
                EncodedVector.Role.DELTA,
                Float32.ID,
                new Float32().encode(Vector.zeros(FEATURES + 1), new Seed(0)));
    }

    private static Update update(RoundAnnouncement call, EncodedVector.Role role, int encoding, Bytes bytes) {
        return new Update(
                call.round(),
                1,
                call.baseVersion(),
                call.fingerprint(),
                call.kind(),
                10,
                List.of(new EncodedVector(role, encoding, bytes)),
                0,
                1);
    }

    /** What is retained for devices. */
    private static final class Board implements TransportListener, AutoCloseable {
        private final Map<String, Bytes> retained = new ConcurrentHashMap<>();
        private final Transport transport = new PahoTransport(MqttSettings.of(BROKER.uri(), "monitor-board"));

        Board() {
            transport.subscribe(Topics.spec(PUMPS));
            transport.subscribe(Topics.round(PUMPS));
            transport.start(this);
        }

        @Override
        public void onMessage(Delivery delivery) {
            retained.put(delivery.topic(), delivery.payload());
            delivery.acknowledge();
        }

        FederationSpec spec() {
            return WireMapper.decodeSpec(PUMPS, retained.get(Topics.spec(PUMPS)));
        }

        boolean has(RoundKind kind) {
            Bytes announced = retained.getOrDefault(Topics.round(PUMPS), Bytes.empty());
            return announced.size() > 0
                    && WireMapper.decodeRound(PUMPS, announced).kind() == kind;
        }

        RoundAnnouncement await(RoundKind kind) {
            Awaitility.await().atMost(LIMIT).until(() -> has(kind));
            return announced();
        }

        /** The announcement of a round of this kind after {@code last}. */
        RoundAnnouncement await(RoundKind kind, RoundId last) {
            Awaitility.await().atMost(LIMIT).until(() -> has(kind) && isAfter(last));
            return announced();
        }

        private boolean isAfter(RoundId last) {
            return announced().round().compareTo(last) > 0;
        }

        private RoundAnnouncement announced() {
            return WireMapper.decodeRound(PUMPS, retained.get(Topics.round(PUMPS)));
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
