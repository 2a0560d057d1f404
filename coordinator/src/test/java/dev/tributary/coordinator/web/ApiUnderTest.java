package dev.tributary.coordinator.web;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.codec.Int8;
import dev.tributary.coordinator.engine.FederationStatus;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Quarantine;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.coordinator.store.RoundRecord;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;

/** The API over a store in memory; every answer that it gives is held against the OpenAPI document. */
final class ApiUnderTest implements AutoCloseable {
    static final FederationId PUMPS = new FederationId("pumps");
    static final ModelSchema SCHEMA = new ModelSchema(
            1,
            Task.CLASSIFICATION,
            List.of(Feature.unbounded("x")),
            List.of("a", "b"),
            Optional.of(new Standardiser(Vector.of(0), Vector.of(1), Vector.zeros(0), Vector.zeros(0))),
            3);

    static final TrainingPlan PLAN =
            new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 10);

    final InMemoryFederationStore store = new InMemoryFederationStore();
    private final EventStream events = new EventStream();
    private final ManagementServer server;
    private final OpenApiDocument document;
    final Api api;

    ApiUnderTest() throws IOException, InterruptedException {
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
                new Change.SaveSpec(new FederationSpec(PUMPS, SCHEMA, PLAN, OptionalInt.of(0), 1)),
                new Change.CreateFederation(empty, fingerprint, Instant.EPOCH),
                new Change.SaveSpec(new FederationSpec(empty, SCHEMA, PLAN, OptionalInt.of(0), 1)),
                new Change.SaveModel(PUMPS, version),
                new Change.SaveEvaluation(
                        new EvaluationRecord(PUMPS, 3, 3, Map.of(EncodedVector.Role.OWN, evaluation), Instant.EPOCH))));
        server = new ManagementServer("127.0.0.1", 0, Meters.registry("test"), Optional::empty);
        Federations federations = new Federations(
                store,
                federation -> federation.equals(PUMPS) ? Optional.of(definition()) : Optional.empty(),
                federation -> federation.equals(PUMPS)
                        ? Optional.of(new FederationStatus("open", "TRAIN", 7, 1, 3, 4, 5, 6, false))
                        : Optional.empty(),
                new Actions());
        api = new Api(federations, events);
        server.routeOpen(Api.PATH, api);
        server.start();
        document = new OpenApiDocument(
                send(HttpRequest.newBuilder(uri("/openapi.json")).build()).body());
    }

    private static FederationDefinition definition() {
        return new FederationDefinition(
                PUMPS,
                new ModelSchema(0, SCHEMA.task(), SCHEMA.features(), SCHEMA.outputs(), Optional.empty(), 3),
                PLAN,
                new LearningRate(0.5, 0),
                Int8.ID,
                new RoundPlan(
                        OptionalInt.empty(), 1, Duration.ofSeconds(60), 2, new StoppingCriterion.FixedTrainRounds(5)),
                Optional.empty(),
                OptionalLong.empty());
    }

    /** What was asked for, of a federation that allows all but the way back to other versions than 3. */
    private final class Actions implements FederationActions {
        @Override
        public Optional<CompletableFuture<Long>> rollBack(
                FederationId federation, long version, OptionalLong expected) {
            return answer(
                    federation,
                    expected.orElse(3) == 3
                            ? CompletableFuture.completedFuture(4L)
                            : CompletableFuture.failedFuture(new IllegalArgumentException("no such luck")));
        }

        @Override
        public Optional<CompletableFuture<Boolean>> pause(FederationId federation, boolean paused) {
            return answer(federation, CompletableFuture.completedFuture(paused));
        }

        @Override
        public Optional<CompletableFuture<Boolean>> quarantine(
                FederationId federation, DeviceId device, Optional<String> reason) {
            Device next = store.device(federation, device)
                    .orElseThrow()
                    .withQuarantine(reason.map(why -> new Quarantine(Instant.EPOCH, why)));
            store.commit(List.of(new Change.SaveDevice(federation, next)));
            return answer(federation, CompletableFuture.completedFuture(true));
        }

        private <T> Optional<CompletableFuture<T>> answer(FederationId federation, CompletableFuture<T> answer) {
            return federation.equals(PUMPS) ? Optional.of(answer) : Optional.empty();
        }
    }

    static Device device(String id, Role role) {
        return new Device(new DeviceId(id), role, 10, Presence.Status.ONLINE, false, Instant.EPOCH);
    }

    void round(long number, double share, List<String> selected) {
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

    /** A contribution, or a decline if there is a reason for one. */
    void answer(long number, String device, Optional<Decline.Reason> declined) {
        Participation participation = new Participation(
                new DeviceId(device),
                Optional.of(declined.isPresent() ? OpenRound.Answer.DECLINED : OpenRound.Answer.CONTRIBUTED),
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

    void close(long number, boolean committed, String reason, String... contributors) {
        store.commit(List.of(new Change.CloseRound(new RoundRecord(
                PUMPS,
                new RoundId(number, 1),
                RoundKind.TRAIN,
                3,
                committed,
                reason,
                Instant.EPOCH,
                Instant.EPOCH,
                Arrays.stream(contributors).map(DeviceId::new).toList(),
                1,
                0,
                0,
                OptionalDouble.empty(),
                0,
                0))));
    }

    OpenApiDocument document() {
        return document;
    }

    EventStream events() {
        return events;
    }

    /** The answer to GET below the API's path, which is as the document has it. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return checked("GET", path, HttpRequest.newBuilder(uri(path)));
    }

    /** The JSON object that answers GET. */
    Map<String, Object> json(String path) throws IOException, InterruptedException {
        return JSON.std.mapFrom(get(path).body());
    }

    /** The answer to POST below the API's path, which is as the document has it. */
    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return checked("POST", path, HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The answer to this request to {@code path}, which is as the document has it. */
    HttpResponse<String> checked(String method, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = send(request.build());
        document.check(method, path, response);
        return response;
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create(server.uri() + Api.PATH + path);
    }

    @Override
    public void close() {
        events.close();
        server.close();
    }
}
