package dev.tributary.system;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.ExampleSource;
import dev.tributary.agent.examples.MemoryExamples;
import dev.tributary.agent.examples.Row;
import dev.tributary.agent.participation.Connecting;
import dev.tributary.agent.participation.DeviceSession;
import dev.tributary.agent.participation.DutyCycle;
import dev.tributary.agent.participation.Member;
import dev.tributary.agent.participation.MemoryDeviceState;
import dev.tributary.agent.participation.SessionClock;
import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.participation.Traffic;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import dev.tributary.transport.mqtt.SessionPolicy;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A device's session over the real broker, and all that it heard and did. */
final class RealDevice implements AutoCloseable {
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final DeviceSession session;
    private final Heard heard = new Heard();

    private static final class Heard implements SessionListener {
        final Map<Traffic, Integer> received = new ConcurrentHashMap<>();
        final List<GlobalModel> models = new CopyOnWriteArrayList<>();
        final List<Integer> shards = new CopyOnWriteArrayList<>();
        final List<RoundKind> contributions = new CopyOnWriteArrayList<>();
        final List<String> disconnections = new CopyOnWriteArrayList<>();
        volatile int connections;

        @Override
        public void onReceived(Traffic traffic, int packetBytes) {
            received.merge(traffic, 1, Integer::sum);
        }

        @Override
        public void onModel(FederationId federation, GlobalModel model) {
            models.add(model);
        }

        @Override
        public void onSpec(FederationSpec spec) {
            shards.add(spec.shardCount());
        }

        @Override
        public void onContributed(FederationId federation, RoundKind kind, Duration took) {
            contributions.add(kind);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // the transport's thread alone
        public void onConnected() {
            connections++;
        }

        @Override
        public void onDisconnected(String reason) {
            disconnections.add(reason);
        }
    }

    /** A device that resumes its session within this time, with state of its own process. */
    RealDevice(
            URI broker,
            String id,
            FederationId federation,
            Duration resumeWithin,
            Duration keepAlive,
            DutyCycle cycle) {
        this(broker, id, federation, tenRows(), resumeWithin, keepAlive, cycle);
    }

    private RealDevice(
            URI broker,
            String id,
            FederationId federation,
            ExampleSource examples,
            Duration resumeWithin,
            Duration keepAlive,
            DutyCycle cycle) {
        DeviceId device = new DeviceId(id);
        MqttSettings settings = MqttSettings.ofDevice(broker, id, DeviceSession.will(device))
                .withKeepAlive(keepAlive)
                .withSession(new SessionPolicy.OverShortLosses(resumeWithin));
        session = new DeviceSession(
                device,
                new Connecting(asked -> new PahoTransport(settings.withKeepAliveAtLeast(asked)), cycle, () -> 0),
                List.of(new Member(federation, Presence.Role.TRAINER, examples)),
                executor,
                new MemoryDeviceState(),
                heard,
                new SessionClock() {
                    @Override
                    public long nanoTime() {
                        return System.nanoTime();
                    }

                    @Override
                    public void after(Duration delay, Runnable task) {
                        if (!executor.isShutdown()) {
                            var unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                        }
                    }
                });
        session.start();
    }

    /** Ten examples of {@code y = 10 x}. */
    static ExampleSource tenRows() {
        Columns columns = new Columns(List.of("y", "x"));
        return new MemoryExamples(IntStream.range(0, 10)
                .mapToObj(i -> Row.of(columns, new double[] {10 * i, i}, Optional.empty()))
                .toList());
    }

    /** A device that trains on these examples. */
    static RealDevice with(ExampleSource examples, URI broker, String id, FederationId federation) {
        return new RealDevice(
                broker,
                id,
                federation,
                examples,
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                new DutyCycle.Always());
    }

    static RealDevice always(URI broker, String id, FederationId federation) {
        return new RealDevice(
                broker, id, federation, Duration.ofMinutes(1), Duration.ofSeconds(30), new DutyCycle.Always());
    }

    DeviceSession session() {
        return session;
    }

    /** How many packets of a kind came so far. */
    int received(Traffic traffic) {
        return heard.received.getOrDefault(traffic, 0);
    }

    /** The versions that were put in force, in order. */
    List<Long> models() {
        return heard.models.stream().map(GlobalModel::version).toList();
    }

    /** The same with their weights. */
    List<GlobalModel> versions() {
        return heard.models;
    }

    /** The version in force. */
    GlobalModel newest() {
        return heard.models.get(heard.models.size() - 1);
    }

    /** The shard counts of the specifications that were put in force, in order. */
    List<Integer> shards() {
        return heard.shards;
    }

    int contributions() {
        return heard.contributions.size();
    }

    int connections() {
        return heard.connections;
    }

    List<String> disconnections() {
        return heard.disconnections;
    }

    @Override
    public void close() {
        session.close();
        executor.shutdownNow();
    }
}
