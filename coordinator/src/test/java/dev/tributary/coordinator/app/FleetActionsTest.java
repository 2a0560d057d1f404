package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.coordinator.engine.FederationStatus;
import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.web.Api;
import dev.tributary.coordinator.web.EventStream;
import dev.tributary.coordinator.web.Federations;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Weights;
import dev.tributary.process.ManagementServer;
import dev.tributary.process.Meters;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.wire.WireMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands, over HTTP on loopback, against a coordinator whose devices answer when the test says. */
class FleetActionsTest {
    private static final FederationId PUMPS = new FederationId("pumps");

    private final InMemoryBroker broker = new InMemoryBroker();
    private final InMemoryFederationStore store = new InMemoryFederationStore();
    private final Map<String, DeviceMessage> held = new ConcurrentHashMap<>();
    private final Map<String, FakeDevice> devices = new ConcurrentHashMap<>();
    private final EventStream events = new EventStream();
    private final List<Coordinator> coordinators = new ArrayList<>();
    private ManagementServer server;

    /** What a command came to. */
    private record Result(int code, String out, String err) {}

    @BeforeEach
    void begin() throws IOException {
        server = new ManagementServer("127.0.0.1", 0, Meters.registry("test"), Optional::empty);
        Federations federations = new Federations(
                store,
                federation -> Optional.of(definition()),
                federation -> newest().status(federation),
                new RunningFederations(federation -> newest().loop(federation)));
        server.routeOpen(Api.PATH, new Api(federations, events));
        start();
        server.start();
        for (String name : List.of("a", "b", "c")) {
            FakeDevice device = new FakeDevice(broker, name, PUMPS, Role.TRAINER, 0, message -> {
                held.put(name, message.orElseThrow());
                return Optional.empty();
            });
            devices.put(name, device);
            device.start();
        }
    }

    @AfterEach
    void end() {
        server.close();
        events.close();
        coordinators.forEach(Coordinator::close);
        devices.values().forEach(FakeDevice::close);
    }

    private Coordinator newest() {
        return coordinators.get(coordinators.size() - 1);
    }

    private void start() {
        Coordinator coordinator = new Coordinator(
                List.of(definition()),
                Map.of(),
                store,
                History.DEFAULT,
                broker.transport("coordinator-main-" + coordinators.size(), Optional.empty()),
                new SimpleMeterRegistry(),
                events,
                InstantSource.system());
        coordinators.add(coordinator);
        coordinator.start();
    }

    private static FederationDefinition definition() {
        return new FederationDefinition(
                PUMPS,
                new ModelSchema(
                        0,
                        Task.CLASSIFICATION,
                        List.of(Feature.unbounded("temperature"), Feature.unbounded("current")),
                        List.of("good", "bad"),
                        Optional.empty(),
                        3),
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                2,
                new RoundPlan(OptionalInt.empty(), 1, Duration.ofMinutes(5), 3, new FixedTrainRounds(100)),
                Optional.empty(),
                OptionalLong.of(7));
    }

    /** These devices answer the round of this number. */
    private void answer(long round, String... names) {
        for (String name : names) {
            await(name + " is asked in round " + round)
                    .until(() ->
                            held.containsKey(name) && held.get(name).round().number() == round);
            devices.get(name).publish(WireMapper.encode(held.get(name)));
        }
    }

    private void answerAll(long lastRound) {
        for (long round = 1; round <= lastRound; round++) {
            answer(round, "a", "b", "c");
        }
    }

    private FederationStatus status() {
        return newest().status(PUMPS).orElseThrow();
    }

    private long version() {
        return store.latestModel(PUMPS).map(latest -> latest.model().version()).orElse(-1L);
    }

    private Weights weights(long version) {
        return store.model(PUMPS, version)
                .map(ModelVersion::model)
                .orElseThrow()
                .weights();
    }

    private Result run(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--url");
        all.add(server.uri().toString());
        int code = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(new String[0]));
        return new Result(code, out.toString(), err.toString());
    }

    private Result act(String... arguments) {
        return run(new ActMain(), arguments);
    }

    @Test
    void pausedFederation_letsTheOpenRoundFinishAndOpensNoOther_alsoAfterARestart() throws Exception {
        answerAll(3);
        await().until(() -> status().round() == 4);
        assertThat(act("pause")).isEqualTo(new Result(0, "pumps: paused\n", ""));
        assertThat(act("pause").out()).isEqualTo("pumps: paused, as it was\n");
        answer(4, "a", "b", "c");
        await().until(() -> version() == 2);
        await().until(() -> status().stage().equals("waiting"));

        coordinators.remove(0).close();
        start();
        await().until(() -> status().paused() && status().online() == 3);
        assertThat(store.rounds(PUMPS, 1).get(0).id()).isEqualTo(new RoundId(4, 1));
        Map<String, Object> told = JSON.std.mapFrom(act("status", "--json").out());
        assertThat(told.get("federations")).asString().contains("paused=true", "round=4", "modelVersion=2");
        assertThat(act("status").out()).contains("PAUSED", "true");

        assertThat(act("resume").out()).isEqualTo("pumps: resumed\n");
        answer(5, "a", "b", "c");
        answer(6, "a", "b", "c");
        await().until(() -> version() == 3);
    }

    @Test
    void rollBack_ofTwoWhoExpectTheSameVersion_happensOnce() throws Exception {
        answerAll(5);
        await().until(() -> status().round() == 6);
        assertThat(act("rollback", "1", "--expected-version", "2"))
                .isEqualTo(new Result(0, "pumps: version 3 has the weights of version 1\n", ""));
        Result second = act("rollback", "1", "--expected-version", "2");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err())
                .isEqualTo("rollback: the newest version of federation pumps is 3, which has the weights of version 1"
                        + " again, not 2; nothing was changed\n");
        assertThat(version()).isEqualTo(3);
        assertThat(weights(3)).isEqualTo(weights(1));
        assertThat(run(new ModelsMain(), "list").out()).contains("RESTORED FROM");
        assertThat(run(new ModelsMain(), "--json").out()).contains("\"restoredFrom\":1");
        assertThat(act("rollback").code()).isEqualTo(2);
        assertThat(act("rollback", "77").err())
                .isEqualTo("rollback: federation pumps has no version 77; the newest is 3\n");
    }

    @Test
    void deviceInQuarantine_isTakenOutOfTheOpenRoundAndRefused_untilItIsReleased() throws Exception {
        answerAll(3);
        answer(4, "c");
        RoundId open = new RoundId(4, 1);
        DeviceId device = new DeviceId("c");
        await().until(() -> store.participation(PUMPS, open, device)
                .flatMap(one -> one.code())
                .equals(Optional.of(Code.ACCEPTED)));
        assertThat(act("quarantine", "c", "--reason", "it drifts"))
                .isEqualTo(new Result(0, "pumps: c is in quarantine\n", ""));
        answer(4, "a", "b");
        await().until(() -> version() == 2);
        assertThat(store.round(PUMPS, open).orElseThrow().contributors())
                .containsExactly(new DeviceId("a"), new DeviceId("b"));
        assertThat(store.participation(PUMPS, open, device).orElseThrow().code())
                .contains(Code.QUARANTINED);

        answer(5, "c");
        await().until(() -> devices.get("c").receipts().stream()
                .anyMatch(receipt ->
                        receipt.code() == Code.QUARANTINED && receipt.detail().equals("it drifts")));
        answer(5, "a", "b");
        await().until(() -> status().round() == 6);
        assertThat(run(new DevicesMain(), "list").out()).contains("it drifts", "QUARANTINED 1");
        assertThat(run(new DevicesMain(), "explain", "c").out()).contains("not asked: it is in quarantine since");

        assertThat(act("rollback", "--before-device", "c").out())
                .isEqualTo("pumps: version 3 has the weights of version 0\n");
        assertThat(act("rollback", "--before-device", "c").err())
                .contains("no version that the newest one came from counts an update of c");
        assertThat(act("quarantine", "c", "--release").out()).isEqualTo("pumps: c may take part again\n");
        answer(7, "a", "b");
        answer(8, "a", "b", "c");
        await().until(() -> store.round(PUMPS, new RoundId(8, 1))
                .filter(round -> round.contributors().contains(device))
                .isPresent());
        assertThat(act("rounds", "--limit", "6").out()).contains("QUARANTINED 1", "ABANDONED", "COMMITTED");
    }

    @Test
    void mistakes_areOneClearLineEach() {
        assertThat(act("quarantine", "nobody").err())
                .isEqualTo("quarantine: federation pumps knows no device nobody\n");
        assertThat(act("pause", "--federation", "fans").err()).startsWith("pause: there is no federation fans");
        server.close();
        Result result = act("status");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("status: no coordinator answers at " + server.uri() + "; is it running?\n");
    }
}
