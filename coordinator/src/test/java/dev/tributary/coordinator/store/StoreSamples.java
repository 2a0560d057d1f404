package dev.tributary.coordinator.store;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.round.Stage;
import dev.tributary.coordinator.round.Step;
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
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;

/** Things that a store keeps. */
public final class StoreSamples {
    public static final FederationId PUMPS = new FederationId("pumps");
    public static final FederationId FANS = new FederationId("fans");
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    public static final Bytes FINGERPRINT = Bytes.of(new byte[] {-1, 0, 1, 127, -128});
    public static final ModelSchema SCHEMA = new ModelSchema(
            0, Task.CLASSIFICATION, List.of(Feature.unbounded("x")), List.of("a", "b"), Optional.empty(), 3);
    public static final ModelSchema STANDARDISED =
            SCHEMA.standardisedBy(new Standardiser(Vector.of(0.1), Vector.of(1.0 / 3), Vector.of(), Vector.of()));

    private StoreSamples() {}

    public static DeviceId id(String name) {
        return new DeviceId(name);
    }

    public static Set<DeviceId> ids(String... names) {
        return Arrays.stream(names).map(DeviceId::new).collect(Collectors.toUnmodifiableSet());
    }

    public static FederationSpec spec(FederationId federation, ModelSchema schema, int localEpochs) {
        TrainingPlan plan = new TrainingPlan(
                localEpochs, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 10);
        return new FederationSpec(federation, schema, plan, OptionalInt.of(1), 1);
    }

    /** A federation that waits for three devices. */
    public static List<Change> created(FederationId federation) {
        return List.of(
                new Change.CreateFederation(federation, FINGERPRINT, NOON),
                new Change.SaveSpec(spec(federation, SCHEMA, 1)),
                workflow(federation, FederationState.initial(3)));
    }

    public static Change workflow(FederationId federation, FederationState state) {
        return new Change.SaveWorkflow(federation, Workflow.of(state));
    }

    public static FederationState at(Stage stage) {
        return new FederationState(stage, Step.TRAIN, 7, 2, 3, List.of(0.1, 1.0 / 3), Optional.empty(), Fleet.empty());
    }

    public static Device device(String name, Presence.Status status) {
        return new Device(id(name), Presence.Role.TRAINER, 1_000_000_000_000L, status, false, NOON.plusMillis(1));
    }

    /** A round that opened with these devices and was not answered. */
    public static OpenRound opened(RoundId id, Step step, String... selected) {
        return new OpenRound(
                id,
                step,
                Bytes.of(new byte[] {1, 2, (byte) id.number()}),
                2.0 / 3,
                3,
                NOON.plusSeconds(id.number()),
                NOON.plusSeconds(id.number() + 60),
                HashTreePSet.from(ids(selected)),
                HashTreePSet.from(ids(selected)),
                HashTreePMap.empty(),
                0);
    }

    public static RoundAnnouncement announcement(FederationId federation, OpenRound round) {
        return new RoundAnnouncement(
                federation,
                round.id(),
                round.step().kind(),
                round.id().number() - 1,
                Bytes.of(new byte[] {1, 2, 3}),
                round.nonce(),
                round.share(),
                0.1,
                0.01,
                round.step() == Step.TRAIN ? 2 : 0,
                round.trainRounds(),
                round.step() == Step.COMPARE,
                Duration.ofSeconds(60),
                Duration.ofSeconds(61));
    }

    public static Change open(FederationId federation, OpenRound round) {
        return new Change.OpenARound(announcement(federation, round), round);
    }

    public static Participation contributed(String device) {
        return new Participation(
                id(device),
                Optional.of(Answer.CONTRIBUTED),
                Optional.of(Receipt.Code.ACCEPTED),
                "",
                Optional.empty(),
                17,
                200,
                900,
                Optional.of(NOON.plusSeconds(5)));
    }

    public static Participation declined(String device) {
        return new Participation(
                id(device),
                Optional.of(Answer.DECLINED),
                Optional.empty(),
                "",
                Optional.of(Decline.Reason.ON_BATTERY),
                0,
                0,
                0,
                Optional.of(NOON.plusSeconds(6)));
    }

    public static Participation rejected(String device) {
        return new Participation(
                id(device),
                Optional.of(Answer.REJECTED),
                Optional.of(Receipt.Code.NORM_TOO_LARGE),
                "norm must be ≤ 10, was 11 — “too large” 🌊",
                Optional.empty(),
                3,
                0,
                0,
                Optional.of(NOON.plusSeconds(7)));
    }

    public static Bytes payload(String device) {
        byte[] bytes = new byte[300];
        Arrays.fill(bytes, (byte) device.hashCode());
        bytes[0] = 0;
        return Bytes.of(bytes);
    }

    public static Change contribution(FederationId federation, RoundId round, String device) {
        return new Change.SaveParticipation(federation, round, contributed(device), Optional.of(payload(device)));
    }

    public static Change answer(FederationId federation, RoundId round, Participation participation) {
        return new Change.SaveParticipation(federation, round, participation, Optional.empty());
    }

    public static RoundRecord record(
            FederationId federation, OpenRound round, boolean committed, String... contributors) {
        RoundAnnouncement announcement = announcement(federation, round);
        return new RoundRecord(
                federation,
                round.id(),
                announcement.kind(),
                announcement.baseVersion(),
                committed,
                committed ? "deadline" : "all devices answered: 1 of 3 contributed, the minimum is 2",
                round.openedAt(),
                round.openedAt().plusSeconds(9),
                Arrays.stream(contributors).map(DeviceId::new).sorted().toList(),
                round.selected().size() + 1,
                1,
                2,
                committed ? OptionalDouble.of(1.0 / 3) : OptionalDouble.empty(),
                1L << 40,
                1L << 41);
    }

    public static Change close(FederationId federation, OpenRound round, String... contributors) {
        return new Change.CloseRound(record(federation, round, true, contributors));
    }

    /** A version of the schema without a standardiser, one second after the one before. */
    public static ModelVersion version(long version) {
        return version(version, SCHEMA);
    }

    public static ModelVersion version(long version, ModelSchema schema) {
        Vector values = Vector.of((double) version, -0.0, Float.MIN_VALUE, -Float.MAX_VALUE);
        return new ModelVersion(
                new GlobalModel(version, schema, new Weights(schema.layout(), values)),
                version == 0 ? OptionalLong.empty() : OptionalLong.of(version - 1),
                OptionalLong.empty(),
                Optional.of(new RoundId(version + 1, 1)),
                NOON.plusSeconds(version));
    }

    public static Change model(FederationId federation, long version) {
        return new Change.SaveModel(federation, version(version));
    }

    public static EvaluationRecord evaluation(FederationId federation, long version, long[][] confusion) {
        return new EvaluationRecord(
                federation,
                version,
                1,
                Map.of(
                        Role.OWN, Evaluation.ofDevice(confusion, 2.0 / 3),
                        Role.BASELINE, Evaluation.empty(Task.REGRESSION, 2)),
                NOON.plusSeconds(version));
    }

    /** All of these, in one list. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static List<Change> all(List<Change>... lists) {
        List<Change> all = new ArrayList<>();
        for (List<Change> list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
