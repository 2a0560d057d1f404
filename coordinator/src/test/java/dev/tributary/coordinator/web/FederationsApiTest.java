package dev.tributary.coordinator.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.coordinator.engine.FederationStatus;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.process.ManagementServer;
import dev.tributary.process.Meters;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                new GlobalModel(3, SCHEMA, new Weights(SCHEMA.linearLayout(), Vector.of(1, 2, 3, 4))),
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
                        new EvaluationRecord(PUMPS, 3, 3, Map.of(Role.OWN, evaluation), Instant.EPOCH))));
        server = new ManagementServer("127.0.0.1", 0, Meters.registry("test"), () -> true);
        server.route(
                FederationsApi.PATH,
                new FederationsApi(
                        store,
                        federation -> federation.equals(PUMPS)
                                ? Optional.of(new FederationStatus("open", "TRAIN", 7, 1, 3, 4, 5))
                                : Optional.empty()));
        server.start();
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
        assertThat(get("").body()).contains("\"stage\":\"open\"").contains("\"devicesOnline\":4");
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
    void model_asAFile_hasAName() throws Exception {
        assertThat(get("/pumps/models/latest?format=json").headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"pumps-3.json\"");
    }

    @Test
    void post_isRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(""))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(server.uri() + FederationsApi.PATH + path);
    }
}
