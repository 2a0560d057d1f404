package dev.tributary.agent.simulate;

import dev.tributary.agent.examples.ExampleSource;
import dev.tributary.agent.examples.MemoryExamples;
import dev.tributary.agent.participation.Connecting;
import dev.tributary.agent.participation.DeviceSession;
import dev.tributary.agent.participation.DeviceState;
import dev.tributary.agent.participation.Member;
import dev.tributary.agent.participation.SessionClock;
import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.prediction.CurrentModel;
import dev.tributary.learning.LocalTrainer;
import dev.tributary.learning.Predictor;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.Publication;
import dev.tributary.transport.Transport;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Many devices of one federation in one process, each with its own transport and session; safe for many threads. */
public final class Fleet implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

    private final Executor work;
    private final List<Simulated> devices = new ArrayList<>();

    private record Simulated(DeviceSession session, Replay replay) {}

    /** Makes the transport of a device. */
    public interface Transports {
        /**
         * A transport that is not started, with the device's name as client id and this will.
         *
         * @param keepAlive at least; empty for what the process was told
         */
        Transport of(DeviceId device, Publication will, Optional<Duration> keepAlive);
    }

    /**
     * What a fleet needs from its process, beside its data.
     *
     * @param work runs the training of all devices
     * @param states what a device remembers; they stay their maker's, to be closed after the work has ended
     * @param listeners hear one device's session each
     */
    public record Surroundings(
            Transports transports,
            Executor work,
            SessionClock clock,
            Function<DeviceId, DeviceState> states,
            Function<DeviceId, SessionListener> listeners,
            Function<GlobalModel, Predictor> predictors) {}

    /** The devices of {@code report}, not yet connected. */
    public Fleet(FederationId federation, FleetReport report, Surroundings surroundings) {
        this.work = surroundings.work();
        List<DeviceData> all = report.data().devices();
        Set<Integer> hostile = report.byzantinePositions();
        for (int i = 0; i < all.size(); i++) {
            DeviceId id = all.get(i).id();
            Presence.Role role = report.isNew(i) ? Presence.Role.EVALUATOR : Presence.Role.TRAINER;
            Optional<ByzantineDevices> attack = hostile.contains(i) ? report.byzantine() : Optional.empty();
            MemoryExamples examples = new MemoryExamples(all.get(i).rows());
            Member member = new Member(
                    federation,
                    role,
                    attack.<ExampleSource>map(plan -> new ByzantineExamples(examples, plan))
                            .orElse(examples));
            Replay replay = new Replay(all.get(i).rows(), new CurrentModel(federation, id, surroundings.predictors()));
            DeviceSession session = new DeviceSession(
                    id,
                    Connecting.always(keepAlive -> surroundings.transports().of(id, DeviceSession.will(id), keepAlive)),
                    List.of(member),
                    surroundings.work(),
                    surroundings.states().apply(id),
                    new BothListeners(surroundings.listeners().apply(id), replay),
                    surroundings.clock(),
                    honest -> attack.<LocalTrainer>map(plan -> new ByzantineTrainer(honest, plan))
                            .orElse(honest));
            devices.add(new Simulated(session, replay));
        }
    }

    /** Starts to connect all devices, which keep connected until {@link #close}. */
    public void start() {
        devices.forEach(device -> device.session().start());
    }

    /** The number of devices with a connection now. */
    public int connectedCount() {
        return (int) devices.stream()
                .filter(device -> device.session().isConnected())
                .count();
    }

    /** The number of devices. */
    public int size() {
        return devices.size();
    }

    /** Whether every device has a connection now. */
    public boolean isConnected() {
        return connectedCount() == devices.size();
    }

    /** Each device reads one more row and publishes what its model says of it; {@code published} hears of each. */
    public void read(Runnable published) {
        for (Simulated device : devices) {
            work.execute(() ->
                    device.replay().read().filter(device.session()::publish).ifPresent(prediction -> published.run()));
        }
    }

    /** Says for each device that it is offline and disconnects it, all at once; returns within four seconds. */
    @Override
    public void close() {
        ExecutorService closing = Executors.newFixedThreadPool(Math.max(1, devices.size()));
        devices.forEach(device -> closing.execute(device.session()::close));
        closing.shutdown();
        try {
            if (!closing.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                closing.shutdownNow();
            }
        } catch (InterruptedException e) {
            closing.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
