package dev.tributary.coordinator.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.coordinator.engine.FederationStatus;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.Architecture;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.process.ManagementServer;
import dev.tributary.process.Meters;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;

class FederationsApiTest {
    private static final FederationId PUMPS = new FederationId("pumps");
    private static final ModelSchema SCHEMA = new ModelSchema(
            1,
            Task.CLASSIFICATION,
            List.of(Feature.unbounded("x")),
            List.of("a", "b"),
            Optional.of(new Standardiser(Vector.of(0), Vector.of(1), Vector.zeros(0), Vector.zeros(0))),
            3);

    private final InMemoryFederationStore store = new InMemoryFederationStore();
    private ManagementServer server;

    @BeforeEach
    void begin() throws IOException {
        TrainingPlan plan =
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 10);
        FederationId empty = new FederationId("empty");
        Bytes fingerprint = Bytes.of(SCHEMA.fingerprint().toBytes());
        ModelVersion version = new ModelVersion(
                new GlobalModel(3, SCHEMA, new Weights(SCHEMA.layout(), Vector.of(1, 2, 3, 4))),
                OptionalLong.of(2),
                OptionalLong.empty(),
                Optional.of(new RoundId(6, 1)),
                Instant.EPOCH);
        Evaluation evaluation = Evaluation.ofDevice(new long[][] {{4, 1}, {1, 4}}, 2);
        store.commit(List.of(
                new Change.CreateFederation(PUMPS, fingerprint, Instant.EPOCH),
                new Change.SaveSpec(new FederationSpec(PUMPS, SCHEMA, plan, OptionalInt.of(0), 1)),
                new Change.CreateFederation(empty, fingerprint, Instant.EPOCH),
                new Change.SaveSpec(new FederationSpec(empty, SCHEMA, plan, OptionalInt.of(0), 1)),
                new Change.SaveModel(PUMPS, version),
                new Change.SaveEvaluation(
                        new EvaluationRecord(PUMPS, 3, 3, Map.of(EncodedVector.Role.OWN, evaluation), Instant.EPOCH))));
        server = new ManagementServer("127.0.0.1", 0, Meters.registry("test"), Optional::empty);
        server.route(
                FederationsApi.PATH,
                new FederationsApi(
                        store,
                        federation -> federation.equals(PUMPS)
                                ? Optional.of(new FederationStatus("open", "TRAIN", 7, 1, 3, 4, 5, 6))
                                : Optional.empty(),
                        this::rollBack));
        server.start();
    }

    private Optional<CompletableFuture<Long>> rollBack(FederationId federation, long number) {
        return federation.equals(PUMPS)
                ? Optional.of(
                        number == 3
                                ? CompletableFuture.completedFuture(4L)
                                : CompletableFuture.failedFuture(new IllegalArgumentException("no such luck")))
                : Optional.empty();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void federations_areListedWithTheirStatus() throws Exception {
        Map<String, Object> json = JSON.std.mapFrom(get("").body());
        assertThat(json.get("federations"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(get("").body())
                .contains("\"stage\":\"open\"")
                .contains("\"devicesOnline\":4")
                .contains("\"updatesWaiting\":6");
    }

    @Test
    void federation_tellsSchemaAndMetrics() throws Exception {
        Map<String, Object> json = JSON.std.mapFrom(get("/pumps").body());
        assertThat(json)
                .containsEntry("federation", "pumps")
                .containsEntry("modelVersion", 3)
                .containsEntry("features", List.of("x"))
                .containsEntry("outputs", List.of("a", "b"))
                .containsEntry("new", null);
        assertThat(json.get("own")).asString().contains("accuracy=0.8");
    }

    @Test
    void models_areListedWithTheirLineage() throws Exception {
        assertThat(get("/pumps/models").body())
                .contains("\"version\":3")
                .contains("\"baseVersion\":2")
                .contains("\"round\":6");
    }

    @ParameterizedTest
    @CsvSource({
        "/pumps/models/3?format=json, 200",
        "/pumps/models/latest?format=json, 200",
        "/pumps/models/latest, 200",
        "/pumps/models/4?format=json, 404",
        "/pumps/models/x?format=json, 400",
        "/pumps/models/3?format=pickle, 400",
        "/pumps/models/3?fromat=json, 400",
        "/empty/models/latest, 404",
        "/pumps/modles, 404",
        "/nobody, 404",
        "/a%20b, 400",
    })
    void paths_areAnsweredOrRefusedClearly(String path, int status) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        if (status != 200) {
            assertThat(JSON.std.mapFrom(response.body()).get("error"))
                    .asString()
                    .isNotBlank();
        }
    }

    @Test
    void model_thatAFormatCannotHold_isRefusedWithTheReason() throws Exception {
        ModelSchema schema = new ModelSchema(
                2,
                SCHEMA.task(),
                SCHEMA.features(),
                SCHEMA.outputs(),
                SCHEMA.standardiser(),
                3,
                Normalization.GLOBAL,
                new Architecture.Perceptron(2));
        TrainingPlan plan = store.spec(PUMPS).orElseThrow().plan();
        ModelVersion version = new ModelVersion(
                new GlobalModel(4, schema, Weights.zeros(schema.layout())),
                OptionalLong.of(3),
                OptionalLong.empty(),
                Optional.empty(),
                Instant.EPOCH);
        store.commit(List.of(
                new Change.SaveSpec(new FederationSpec(PUMPS, schema, plan, OptionalInt.of(0), 1)),
                new Change.SaveModel(PUMPS, version)));
        HttpResponse<String> refused = get("/pumps/models/4?format=tribuo");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(JSON.std.mapFrom(refused.body()).get("error"))
                .isEqualTo("Tribuo's format holds linear models alone, and this is a perceptron; take onnx or json");
        assertThat(get("/pumps/models/4?format=json").body()).contains("tributary-perceptron-model");
        assertThat(get("/pumps/models/4?format=onnx").statusCode()).isEqualTo(200);
    }

    @Test
    void model_asAFile_hasAName() throws Exception {
        assertThat(get("/pumps/models/latest?format=json").headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"pumps-3.json\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 405",
        "/pumps/models/3, 405",
        "/pumps/models/9/roll-back, 404",
        "/empty/models/3/roll-back, 404",
        "/pumps/models/3/roll-back, 200",
    })
    void posts_areAnsweredOrRefusedClearly(String path, int status) throws Exception {
        HttpResponse<String> response = post(path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(status == 200 ? "\"version\":4" : "\"error\":");
    }

    @Test
    void devices_areListed() throws Exception {
        store.commit(List.of(new Change.SaveDevice(PUMPS, device("a", Role.TRAINER))));
        assertThat(get("/pumps/devices").body()).contains("\"device\":\"a\"").contains("\"status\":\"ONLINE\"");
        assertThat(get("/pumps/devices/b").statusCode()).isEqualTo(404);
    }

    @Test
    void device_isExplainedRoundByRound() throws Exception {
        store.commit(List.of(new Change.SaveDevice(PUMPS, device("a", Role.TRAINER))));
        round(1, 1, List.of("a"));
        answer(1, contributed(), Optional.empty());
        close(1, true, "all reachable devices answered");
        round(2, 0, List.of());
        close(2, true, "deadline");
        round(3, 1, List.of("a"));
        answer(3, Optional.empty(), Optional.of(Decline.Reason.TOO_FEW_EXAMPLES));
        close(3, false, "deadline: 0 of 1 contributed");
        round(4, 1, List.of("a"));
        assertThat(explanations())
                .containsExactly(
                        "selected, and has not answered yet",
                        "declined: too few examples",
                        "not selected: its share of this round is 0.611, selected were those below 0.000",
                        "contributed 10 examples");
    }

    private List<Object> explanations() throws Exception {
        Map<String, Object> json = JSON.std.mapFrom(get("/pumps/devices/a").body());
        List<Object> explanations = new ArrayList<>();
        for (Object round : (List<?>) json.get("rounds")) {
            explanations.add(((Map<?, ?>) round).get("explanation"));
        }
        return explanations;
    }

    private static Device device(String id, Role role) {
        return new Device(new DeviceId(id), role, 10, Presence.Status.ONLINE, false, Instant.EPOCH);
    }

    private void round(long number, double share, List<String> selected) {
        Bytes nonce = Bytes.of(new byte[16]);
        RoundId id = new RoundId(number, 1);
        RoundAnnouncement announcement = new RoundAnnouncement(
                PUMPS,
                id,
                RoundKind.TRAIN,
                3,
                Bytes.of(new byte[8]),
                nonce,
                share,
                0.5,
                0,
                1,
                0,
                false,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60));
        Set<DeviceId> devices = selected.stream().map(DeviceId::new).collect(Collectors.toSet());
        OpenRound open = new OpenRound(
                        id,
                        Step.TRAIN,
                        nonce,
                        share,
                        0,
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(60),
                        HashTreePSet.empty(),
                        HashTreePSet.empty(),
                        HashTreePMap.empty(),
                        0)
                .restored(devices, Map.of());
        store.commit(List.of(new Change.OpenARound(announcement, open)));
    }

    private static Optional<OpenRound.Answer> contributed() {
        return Optional.of(OpenRound.Answer.CONTRIBUTED);
    }

    private void answer(long number, Optional<OpenRound.Answer> answer, Optional<Decline.Reason> declined) {
        Participation participation = new Participation(
                new DeviceId("a"),
                declined.isPresent() ? Optional.of(OpenRound.Answer.DECLINED) : answer,
                Optional.empty(),
                "",
                declined,
                10,
                0,
                0,
                Optional.of(Instant.EPOCH));
        store.commit(
                List.of(new Change.SaveParticipation(PUMPS, new RoundId(number, 1), participation, Optional.empty())));
    }

    private void close(long number, boolean committed, String reason) {
        store.commit(List.of(new Change.CloseRound(new RoundRecord(
                PUMPS,
                new RoundId(number, 1),
                RoundKind.TRAIN,
                3,
                committed,
                reason,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(),
                1,
                0,
                0,
                OptionalDouble.empty(),
                0,
                0))));
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(server.uri() + FederationsApi.PATH + path);
    }
}
