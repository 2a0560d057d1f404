package dev.tributary.agent.app;

import dev.tributary.agent.sensor.CsvFileSource;
import dev.tributary.agent.sensor.CsvFollowSource;
import dev.tributary.agent.sensor.JsonLinesSource;
import dev.tributary.agent.sensor.SensorSource;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The configured sensor. */
final class Sensors {
    private Sensors() {}

    static SensorSource of(AgentConfig.Sensor sensor, InputStream input, Optional<String> resumeAt) {
        return switch (sensor.type()) {
            case CSV -> new CsvFileSource(sensor.path(), sensor.target(), sensor.time(), sensor.interval(), resumeAt);
            case CSV_FOLLOW ->
                new CsvFollowSource(sensor.path(), sensor.target(), sensor.time(), sensor.interval(), resumeAt);
            case STDIN -> new JsonLinesSource(input, sensor.target(), sensor.time());
            case NONE -> new Silence();
        };
    }

    /** An agent without a sensor still trains on what its store holds. */
    private static final class Silence implements SensorSource {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void run(Sink sink) throws InterruptedException {
            closed.await();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
