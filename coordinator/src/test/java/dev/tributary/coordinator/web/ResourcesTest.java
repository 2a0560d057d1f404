package dev.tributary.coordinator.web;

import static dev.tributary.coordinator.web.ApiUnderTest.PLAN;
import static dev.tributary.coordinator.web.ApiUnderTest.PUMPS;
import static dev.tributary.coordinator.web.ApiUnderTest.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.model.Architecture;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.update.Decline;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API tells of each kind of resource. */
class ResourcesTest {
    private ApiUnderTest api;

    @BeforeEach
    void begin() throws Exception {
        api = new ApiUnderTest();
    }

    @AfterEach
    void end() {
        api.close();
    }

    private static List<Map<?, ?>> objects(Map<String, Object> json, String name) {
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object one : (List<?>) json.get(name)) {
            objects.add((Map<?, ?>) one);
        }
        return objects;
    }

    private static List<Object> values(Map<String, Object> json, String name, String field) {
        List<Object> values = new ArrayList<>();
        objects(json, name).forEach(one -> values.add(one.get(field)));
        return values;
    }

    @Test
    void federations_areListedWithTheirState() throws Exception {
        Map<String, Object> json = api.json("/federations");
        assertThat(values(json, "federations", "federation")).containsExactly("empty", "pumps");
        assertThat(objects(json, "federations").get(0).get("state")).isNull();
        assertThat(objects(json, "federations").get(1).get("state"))
                .asString()
                .contains("stage=open", "devicesOnline=4", "updatesWaiting=6");
    }

    @Test
    void federation_tellsSchemaPlanAndMetrics() throws Exception {
        Map<String, Object> json = api.json("/federations/pumps");
        assertThat(json).containsEntry("federation", "pumps").containsEntry("modelVersion", 3);
        assertThat(json.get("schema"))
                .asString()
                .contains("features=[{name=x, unit=, minimum=null", "outputs=[a, b]", "model=linear", "weights=4");
        assertThat(json.get("plan"))
                .asString()
                .contains("encoding=int8", "aggregation=fedavg", "mode=synchronous", "startWhen=2", "goal=null");
        assertThat(json.get("metrics")).asString().contains("own={accuracy=0.8", "new=null");
        assertThat(api.json("/federations/empty").get("plan")).isNull();
    }

    @Test
    void models_areListedWithTheirLineage() throws Exception {
        Map<String, Object> json = api.json("/federations/pumps/models");
        assertThat(values(json, "models", "version")).containsExactly(3);
        assertThat(objects(json, "models").get(0).toString()).contains("baseVersion=2", "round=6", "accuracy=0.8");
    }

    @Test
    void model_tellsWhoseUpdatesItCounts() throws Exception {
        api.round(6, 1, List.of("a", "b"));
        api.close(6, true, "deadline", "b");
        Map<String, Object> json = api.json("/federations/pumps/models/latest");
        assertThat(json).containsEntry("version", 3).containsEntry("contributors", 1);
        assertThat(json.get("contributorIds")).isEqualTo(List.of("b"));
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
        ModelVersion version = new ModelVersion(
                new GlobalModel(4, schema, Weights.zeros(schema.layout())),
                OptionalLong.of(3),
                OptionalLong.empty(),
                Optional.empty(),
                Instant.EPOCH);
        api.store.commit(List.of(
                new Change.SaveSpec(new FederationSpec(PUMPS, schema, PLAN, OptionalInt.of(0), 1)),
                new Change.SaveModel(PUMPS, version)));
        HttpResponse<String> refused = api.get("/federations/pumps/models/4/file?format=tribuo");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("Tribuo's format holds linear models alone, and this is a perceptron; take onnx or json");
        assertThat(api.get("/federations/pumps/models/4/file").body()).contains("tributary-perceptron-model");
        assertThat(api.get("/federations/pumps/models/4/file?format=onnx").statusCode())
                .isEqualTo(200);
    }

    @Test
    void model_asAFile_hasANameAndItsVersion() throws Exception {
        HttpResponse<String> file = api.get("/federations/pumps/models/latest/file?format=json");
        assertThat(file.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"pumps-3.json\"");
        assertThat(file.headers().firstValue("Tributary-Model-Version")).contains("3");
    }

    @Test
    void rounds_tellWhatBecameOfTheAnswers() throws Exception {
        api.round(1, 1, List.of("a", "b", "c"));
        api.answer(1, "a", Optional.empty());
        api.answer(1, "b", Optional.of(Decline.Reason.TOO_FEW_EXAMPLES));
        api.close(1, true, "deadline", "a");
        api.round(2, 1, List.of("a"));
        Map<String, Object> json = api.json("/federations/pumps/rounds");
        assertThat(values(json, "rounds", "outcome")).containsExactly("OPEN", "COMMITTED");
        assertThat(objects(json, "rounds").get(1).toString())
                .contains("selected=3, reported=2, contributed=1, counted=1")
                .contains("declined={TOO_FEW_EXAMPLES=1}");
        assertThat(api.json("/federations/pumps/rounds/1").get("contributors")).isEqualTo(List.of("a"));
        Map<String, Object> devices = api.json("/federations/pumps/rounds/1/devices");
        assertThat(values(devices, "devices", "answer")).containsExactly("CONTRIBUTED", "DECLINED", null);
    }

    @Test
    void devices_areListedWithWhatBecameOfTheirAnswers() throws Exception {
        api.store.commit(List.of(new Change.SaveDevice(PUMPS, ApiUnderTest.device("a", Role.TRAINER))));
        api.round(1, 1, List.of("a"));
        api.answer(1, "a", Optional.empty());
        api.close(1, true, "deadline", "a");
        Map<String, Object> json = api.json("/federations/pumps/devices");
        assertThat(objects(json, "devices").get(0).toString())
                .contains("device=a, status=ONLINE", "selected=1, contributed=1, rejected={}, declined={}");
        assertThat(api.json("/federations/pumps/devices/a")).containsEntry("contributed", 1);
    }

    @Test
    void device_isExplainedRoundByRound() throws Exception {
        api.store.commit(List.of(new Change.SaveDevice(PUMPS, ApiUnderTest.device("a", Role.TRAINER))));
        api.round(1, 1, List.of("a"));
        api.answer(1, "a", Optional.empty());
        api.close(1, true, "all reachable devices answered");
        api.round(2, 0, List.of());
        api.close(2, true, "deadline");
        api.round(3, 1, List.of("a"));
        api.answer(3, "a", Optional.of(Decline.Reason.TOO_FEW_EXAMPLES));
        api.close(3, false, "deadline: 0 of 1 contributed");
        api.round(4, 1, List.of("a"));
        assertThat(values(api.json("/federations/pumps/devices/a/rounds"), "rounds", "explanation"))
                .containsExactly(
                        "selected, and has not answered yet",
                        "declined: too few examples",
                        "not selected: its share of this round is 0.611, selected were those below 0.000",
                        "contributed 10 examples");
    }

    @Test
    void actions_tellWhatIsNow() throws Exception {
        assertThat(api.post("/federations/pumps/pause", "").body()).contains("\"paused\":true");
        assertThat(api.post("/federations/pumps/resume", "").body()).contains("\"paused\":false");
        api.store.commit(List.of(new Change.SaveDevice(PUMPS, ApiUnderTest.device("a", Role.TRAINER))));
        String path = "/federations/pumps/devices/a";
        assertThat(api.post(path + "/quarantine", "{\"reason\":\"<b>it drifts\"}")
                        .body())
                .contains("\"reason\":\"<b>it drifts\"");
        assertThat(api.post(path + "/quarantine", "{\"reason\":7}").statusCode())
                .isEqualTo(400);
        assertThat(api.post(path + "/release", "").body()).contains("\"quarantine\":null");
        assertThat(api.post(path + "/roll-back", "").statusCode()).isEqualTo(409);
    }

    @Test
    void lists_areGivenInPages() throws Exception {
        for (int number = 1; number <= 5; number++) {
            api.round(number, 1, List.of("a", "b", "c"));
            api.close(number, true, "deadline");
        }
        Map<String, Object> first = api.json("/federations/pumps/rounds?limit=2");
        assertThat(values(first, "rounds", "round")).containsExactly(5, 4);
        Map<String, Object> second = api.json("/federations/pumps/rounds?limit=2&after=" + first.get("next"));
        assertThat(values(second, "rounds", "round")).containsExactly(3, 2);
        Map<String, Object> last = api.json("/federations/pumps/rounds?limit=2&after=" + second.get("next"));
        assertThat(values(last, "rounds", "round")).containsExactly(1);
        assertThat(last).containsEntry("next", null);
        assertThat(values(api.json("/federations/pumps/rounds/1/devices?after=a"), "devices", "device"))
                .containsExactly("b", "c");
    }
}
