package dev.tributary.agent.app;

import dev.tributary.agent.examples.LiveExamples;
import dev.tributary.agent.examples.MemoryRowLog;
import dev.tributary.agent.examples.RowLog;
import dev.tributary.agent.participation.Connecting;
import dev.tributary.agent.participation.DeviceSession;
import dev.tributary.agent.participation.DeviceState;
import dev.tributary.agent.participation.Member;
import dev.tributary.agent.participation.MemoryDeviceState;
import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.participation.Transports;
import dev.tributary.agent.prediction.CurrentModel;
import dev.tributary.agent.prediction.PredictionLine;
import dev.tributary.agent.sensor.SensorSource;
import dev.tributary.agent.simulate.BothListeners;
import dev.tributary.agent.store.StoreFile;
import dev.tributary.agent.store.StoredDeviceState;
import dev.tributary.agent.store.StoredRowLog;
import dev.tributary.learning.Predictors;
import dev.tributary.process.ManagementServer;
import dev.tributary.process.Meters;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One device's parts, put together; closing it ends them in the order that loses nothing. */
final class Agent implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Agent.class.getName());
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);

    private final AgentConfig config;
    private final Runnable sensorEnded;
    private final Optional<StoreFile> file;
    private final RowLog log;
    private final DeviceSession session;
    private final SensorSource sensor;
    private final ReadingPipeline pipeline;
    private final ManagementServer http;
    private final ScheduledExecutorService work = executor("device-work");
    private final ScheduledExecutorService timers = executor("device-timers");
    private final SystemSessionClock clock = new SystemSessionClock(timers);
    private final Thread sensorThread = new Thread(this::readSensor, "sensor");
    private long announcedExamples;
    private boolean flushFailed;

    /**
     * An agent that listens on HTTP and has its store open, and does nothing else before {@link #start}.
     *
     * @param transports makes the device's transports, one after the other
     * @param lines takes predictions that go to standard output
     * @param sensorEnded called when the source has ended by itself
     * @param journal hears the session, beside the agent's own parts
     * @throws IOException when the HTTP address cannot be taken
     * @throws UncheckedIOException when the store cannot be opened
     */
    Agent(
            AgentConfig config,
            Transports transports,
            InputStream input,
            Consumer<String> lines,
            Runnable sensorEnded,
            SessionListener journal)
            throws IOException {
        this.config = config;
        this.sensorEnded = sensorEnded;
        this.file = config.store().map(path -> StoreFile.at(path, System::nanoTime));
        this.log = file.<RowLog>map(store -> new StoredRowLog(store, config.maximumExamples()))
                .orElseGet(() -> new MemoryRowLog(config.maximumExamples()));
        DeviceState state = file.<DeviceState>map(StoredDeviceState::new).orElseGet(MemoryDeviceState::new);
        PrometheusMeterRegistry registry = Meters.registry("tributary-agent");
        AgentMeters meters = new AgentMeters(registry);
        LiveExamples examples = new LiveExamples(log);
        List<CurrentModel> models = config.federations().stream()
                .map(member -> new CurrentModel(member.name(), config.device(), Predictors::of))
                .toList();
        this.pipeline = new ReadingPipeline(config.sensor().time(), models, log, predictionSink(lines), meters);
        this.session = new DeviceSession(
                config.device(),
                new Connecting(transports, config.dutyCycle(), new SplittableRandom()),
                config.federations().stream()
                        .map(member -> new Member(member.name(), member.role(), examples))
                        .toList(),
                work,
                state,
                new BothListeners(new AgentListener(meters, models, pipeline), journal),
                clock);
        this.sensor = Sensors.of(config.sensor(), input, log.lastPosition());
        registry.gauge("tributary.examples", log, RowLog::count);
        registry.gauge("tributary.mqtt.connected", session, s -> s.isConnected() ? 1 : 0);
        registry.gauge("tributary.mqtt.asleep", session, s -> s.isAsleep() ? 1 : 0);
        for (CurrentModel model : models) {
            registry.gauge(
                    "tributary.model.version",
                    List.of(io.micrometer.core.instrument.Tag.of(
                            "federation", model.federation().value())),
                    model,
                    CurrentModel::version);
        }
        this.http = new ManagementServer(
                config.httpHost(),
                config.httpPort(),
                registry,
                ManagementServer.unless(() -> session.isConnected() || session.isAsleep()));
    }

    private static ScheduledExecutorService executor(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private ReadingPipeline.PredictionSink predictionSink(Consumer<String> lines) {
        return switch (config.prediction()) {
            case MQTT -> (prediction, schema, time) -> session.publish(prediction);
            case STDOUT -> (prediction, schema, time) -> lines.accept(PredictionLine.of(prediction, schema, time));
            case NONE -> (prediction, schema, time) -> {};
        };
    }

    void start() {
        http.start();
        session.start();
        keepHouseLater();
        sensorThread.setDaemon(true);
        sensorThread.start();
        LOG.log(
                System.Logger.Level.INFO,
                "agent {0} with {1} examples; broker {2}; metrics {3}/metrics",
                config.device(),
                log.count(),
                config.broker().uri(),
                http.uri());
    }

    /** The port of the management server. */
    int port() {
        return http.port();
    }

    private void readSensor() {
        try {
            sensor.run(pipeline);
            LOG.log(System.Logger.Level.INFO, "the sensor has ended; {0} examples are held", log.count());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "the sensor cannot be read: {0}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the sensor failed", e);
        }
        sensorEnded.run();
    }

    private void keepHouseLater() {
        clock.after(HOUSEKEEPING, () -> {
            keepHouse();
            keepHouseLater();
        });
    }

    private void keepHouse() {
        flush();
        // The coordinator may wait for devices with enough examples: it hears of each doubling.
        if (log.count() >= Math.max(1, 2 * announcedExamples) && session.isConnected()) {
            announcedExamples = log.count();
            session.announce();
        }
    }

    private void flush() {
        try {
            log.flush();
            flushFailed = false;
        } catch (UncheckedIOException e) {
            if (!flushFailed) {
                flushFailed = true;
                LOG.log(System.Logger.Level.WARNING, "examples cannot be written; going on: {0}", e.getMessage());
            }
        }
    }

    /** Says offline, stops reading, lets no work begin, and closes the store; under three seconds. */
    @Override
    public void close() {
        sensor.close();
        sensorThread.interrupt();
        session.close();
        http.close();
        timers.shutdownNow();
        work.shutdownNow();
        try {
            sensorThread.join(200);
            work.awaitTermination(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.ifPresent(StoreFile::close);
    }
}
