package dev.tributary.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.agent.participation.DutyCycle;
import dev.tributary.agent.participation.SessionListener;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.transport.Publication;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportListener;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
    private static final FederationId PLANT = new FederationId("plant");
    private static final DeviceId PUMP = new DeviceId("pump-7");

    @TempDir
    private Path folder;

    private final InMemoryBroker broker = new InMemoryBroker();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private Agent agent(InputStream input, AgentConfig.Output output) throws Exception {
        return agent(input, output, new DutyCycle.Always());
    }

    private Agent agent(InputStream input, AgentConfig.Output output, DutyCycle dutyCycle) throws Exception {
        AgentConfig config = new AgentConfig(
                PUMP,
                new AgentConfig.Broker(URI.create("tcp://127.0.0.1:1883"), Duration.ofSeconds(30)),
                dutyCycle,
                Optional.of(folder.resolve("pump.store")),
                1000,
                "127.0.0.1",
                0,
                List.of(new AgentConfig.Membership(PLANT, Presence.Role.TRAINER)),
                new AgentConfig.Sensor(
                        AgentConfig.SensorType.STDIN, folder, Optional.empty(), Optional.empty(), Duration.ZERO),
                output);
        Agent agent = new Agent(
                config,
                keepAlive -> broker.transport(PUMP.value(), Optional.empty()),
                input,
                lines::add,
                () -> {},
                SessionListener.none());
        agent.start();
        return agent;
    }

    /** A model that says 3 + 4·((x − 1)/2) of x. */
    private void publishModel() {
        ModelSchema schema = new ModelSchema(
                        0,
                        Task.REGRESSION,
                        List.of(new Feature("x", "", -10, 10, true)),
                        List.of("y"),
                        Optional.empty(),
                        20)
                .standardisedBy(new Standardiser(Vector.of(1), Vector.of(2), Vector.of(3), Vector.of(4)));
        TrainingPlan plan =
                new TrainingPlan(1, 1, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.SQUARED, 5, 2);
        Transport coordinator = broker.transport("coordinator-main-0", Optional.empty());
        coordinator.start(delivery -> {});
        coordinator.publish(Publication.of(
                        Topics.spec(PLANT),
                        WireMapper.encode(new FederationSpec(PLANT, schema, plan, OptionalInt.empty(), 1)))
                .retain());
        Weights weights = new Weights(schema.layout(), Vector.of(1, 0));
        coordinator.publish(Publication.of(Topics.model(PLANT), WireMapper.encode(new GlobalModel(5, schema, weights)))
                .retain());
        coordinator.close();
    }

    private String metrics(Agent agent) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + agent.port() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void readings_areCheckedPredictedAndKept() throws Exception {
        publishModel();
        PipedOutputStream sensor = new PipedOutputStream();
        try (PipedInputStream input = new PipedInputStream(sensor);
                Agent agent = agent(input, AgentConfig.Output.STDOUT)) {
            await().until(() -> metrics(agent).contains("federation=\"plant\"} 5.0"));
            sensor.write(
                    "{\"x\": 3, \"y\": 7}\n{\"x\": 99, \"y\": 7}\n{\"x\": \"hot\"}\nnonsense\n{\"x\": 1}\n{\"x\": 1, \"y\": 2}\n"
                            .getBytes(StandardCharsets.UTF_8));
            sensor.flush();
            await().until(() -> lines.size() == 3);
            assertThat(lines.peek())
                    .isEqualTo(
                            "{\"federation\":\"plant\",\"device\":\"pump-7\",\"modelVersion\":5,\"values\":{\"y\":7.0}}");
            assertThat(metrics(agent))
                    .contains(
                            "tributary_readings_bad_total{application=\"tributary-agent\",reason=\"out_of_range\"} 1.0")
                    .contains("reason=\"text_in_number\"} 1.0")
                    .contains("reason=\"unreadable\"} 1.0")
                    .contains("tributary_readings_good_total{application=\"tributary-agent\"} 3.0")
                    .containsPattern("tributary_examples\\{application=\"tributary-agent\"} 2.0");
            sensor.close();
        }
        assertThat(WireMapper.decodePresence(
                                PUMP, broker.retained(Topics.presence(PUMP)).orElseThrow())
                        .status())
                .isEqualTo(Presence.Status.OFFLINE);
    }

    @Test
    void restart_withoutBroker_predictsWithTheStoredModel_andHasItsExamples() throws Exception {
        publishModel();
        InputStream first = new ByteArrayInputStream("{\"x\": 3, \"y\": 7}".getBytes(StandardCharsets.UTF_8));
        try (Agent agent = agent(first, AgentConfig.Output.NONE)) {
            await().until(() -> metrics(agent).contains("federation=\"plant\"} 5.0"));
        }
        broker.cut(PUMP.value());
        PipedOutputStream sensor = new PipedOutputStream();
        try (PipedInputStream input = new PipedInputStream(sensor);
                Agent agent = agent(input, AgentConfig.Output.STDOUT)) {
            await().until(() -> metrics(agent).contains("federation=\"plant\"} 5.0"));
            assertThat(metrics(agent)).contains("tributary_examples{application=\"tributary-agent\"} 1.0");
            sensor.write("{\"x\": 1}\n".getBytes(StandardCharsets.UTF_8));
            sensor.flush();
            await().until(() -> !lines.isEmpty());
            assertThat(lines.peek()).contains("\"y\":3.0");
            sensor.close();
        }
    }

    @Test
    void asleep_goesOnReadingAndPredicting_andSaysSoInItsMetrics() throws Exception {
        publishModel();
        PipedOutputStream sensor = new PipedOutputStream();
        DutyCycle dutyCycle = new DutyCycle.Sleeps(Duration.ofHours(1), Duration.ofMillis(500));
        try (PipedInputStream input = new PipedInputStream(sensor);
                Agent agent = agent(input, AgentConfig.Output.STDOUT, dutyCycle)) {
            await().until(() -> metrics(agent).contains("tributary_mqtt_asleep{application=\"tributary-agent\"} 1.0"));
            assertThat(metrics(agent))
                    .contains("tributary_mqtt_connected{application=\"tributary-agent\"} 0.0")
                    .contains("tributary_sleeps_total{application=\"tributary-agent\"} 1.0");
            assertThat(WireMapper.decodePresence(
                                    PUMP, broker.retained(Topics.presence(PUMP)).orElseThrow())
                            .status())
                    .isEqualTo(Presence.Status.SLEEPING);
            sensor.write("{\"x\": 3, \"y\": 7}\n".getBytes(StandardCharsets.UTF_8));
            sensor.flush();
            await().until(() -> lines.size() == 1);
            assertThat(metrics(agent)).contains("tributary_examples{application=\"tributary-agent\"} 1.0");
            sensor.close();
        }
    }

    @Test
    void prediction_toMqtt_isPublished() throws Exception {
        publishModel();
        Queue<Long> versions = new ConcurrentLinkedQueue<>();
        Transport reader = broker.transport("reader", Optional.empty());
        reader.subscribe(Topics.prediction(PLANT, PUMP));
        TransportListener listener = delivery -> versions.add(
                WireMapper.decodePrediction(PLANT, PUMP, delivery.payload()).modelVersion());
        reader.start(listener);
        PipedOutputStream sensor = new PipedOutputStream();
        try (PipedInputStream input = new PipedInputStream(sensor);
                Agent agent = agent(input, AgentConfig.Output.MQTT)) {
            await().until(() -> metrics(agent).contains("federation=\"plant\"} 5.0"));
            sensor.write("{\"x\": 1}\n".getBytes(StandardCharsets.UTF_8));
            sensor.flush();
            await().until(() -> versions.contains(5L));
            sensor.close();
        }
    }
}
