package dev.tributary.agent.participation;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.MemoryExamples;
import dev.tributary.agent.examples.Row;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One device with ten rows, its coordinator and broker, and a clock that the test moves. */
final class DeviceFixture {
    static final DeviceId DEVICE = new DeviceId("dev-1");

    final ManualExecutor executor = new ManualExecutor();
    final InMemoryBroker broker =
            new InMemoryBroker(() -> java.time.Instant.EPOCH.plusNanos(executor.nanoTimeWithoutStep()));
    final ScriptedCoordinator coordinator = new ScriptedCoordinator(broker);
    final FakeLearning learning = new FakeLearning();
    final MemoryDeviceState state = new MemoryDeviceState();
    final List<Duration> sleeps = new ArrayList<>();
    final List<GlobalModel> models = new ArrayList<>();
    final List<Traffic> received = new ArrayList<>();
    final List<Traffic> malformed = new ArrayList<>();
    final List<Optional<Duration>> keepAlives = new ArrayList<>();
    int connections;

    /** A new process of the device. */
    DeviceSession start(DutyCycle dutyCycle) {
        Columns columns = new Columns(List.of("y", "x"));
        List<Row> rows = IntStream.range(0, 10)
                .mapToObj(i -> Row.of(columns, new double[] {10 * i, i}, Optional.empty()))
                .toList();
        DeviceSession session = new DeviceSession(
                DEVICE,
                new Connecting(
                        keepAlive -> {
                            keepAlives.add(keepAlive);
                            return broker.transport(DEVICE.value(), Optional.of(DeviceSession.will(DEVICE)));
                        },
                        dutyCycle,
                        () -> 0),
                List.of(new Member(ScriptedCoordinator.FEDERATION, Presence.Role.TRAINER, new MemoryExamples(rows))),
                executor,
                state,
                new SessionListener() {
                    @Override
                    public void onConnected() {
                        connections++;
                    }

                    @Override
                    public void onModel(FederationId federation, GlobalModel model) {
                        models.add(model);
                    }

                    @Override
                    public void onReceived(Traffic traffic, int packetBytes) {
                        received.add(traffic);
                    }

                    @Override
                    public void onMalformed(Traffic traffic) {
                        malformed.add(traffic);
                    }

                    @Override
                    public void onAsleep(Duration sleep) {
                        sleeps.add(sleep);
                    }
                },
                executor,
                learning.learner());
        session.start();
        executor.runAll();
        return session;
    }

    void announceFederation(long version) {
        coordinator.spec(coordinator.schema);
        coordinator.model(version);
        executor.runAll();
    }

    Presence presence() {
        return WireMapper.decodePresence(
                DEVICE, broker.retained(Topics.presence(DEVICE)).orElseThrow());
    }
}
