package dev.tributary.chaos.verdict;

import dev.tributary.chaos.evidence.AnswerKey;
import dev.tributary.chaos.evidence.CapturedUpdate;
import dev.tributary.chaos.evidence.Evidence;
import dev.tributary.chaos.evidence.Journals;
import dev.tributary.chaos.evidence.Records;
import dev.tributary.chaos.evidence.Sha256;
import dev.tributary.codec.Counts;
import dev.tributary.codec.Float64;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.WireMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A small federation's evidence, told round by round; tests change it before they read it. One feature and one output, so
 * that a model has two weights.
 */
public final class Story {
    /** The federation's name. */
    public static final FederationId FEDERATION = new FederationId("chaos");

    public final List<Journals.Answer> answers = new ArrayList<>();
    public final List<Journals.Receipt> receipts = new ArrayList<>();
    public final List<Journals.Version> seen = new ArrayList<>();
    public final List<CapturedUpdate> capture = new ArrayList<>();
    public final List<Records.Round> rounds = new ArrayList<>();
    public final List<Records.Participation> participations = new ArrayList<>();
    public final List<Records.Version> versions = new ArrayList<>();

    private long clock = 1_000;
    private Encoding modelEncoding = Encoding.NONE;

    /** One device's update in a round: the examples behind it and its delta. */
    public record Part(String device, long examples, double first, double second) {}

    /** A federation with version 0. */
    public static Story begun() {
        Story story = new Story();
        story.versions.add(new Records.Version(0, -1, 0, 0, weights(0, 0)));
        return story;
    }

    /** Float32 weights as the database has them. */
    public static Bytes weights(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Bytes.of(bytes.array());
    }

    /** A committed TRAIN round after which the newest version has these weights, and everybody has seen it. */
    public Story trained(long round, float first, float second, Part... parts) {
        long base = versions.size() - 1L;
        rounds.add(round(round, 1, RoundKind.TRAIN, base, "COMMITTED"));
        for (Part part : parts) {
            Bytes delta = new Float64().encode(Vector.of(part.first(), part.second()), new Seed(0));
            answer(
                    new AnswerKey(part.device(), round, 1),
                    RoundKind.TRAIN,
                    base,
                    part.examples(),
                    new EncodedVector(EncodedVector.Role.DELTA, Float64.ID, delta));
        }
        Records.Version version = new Records.Version(base + 1, base, round, 1, weights(first, second));
        versions.add(version);
        for (Part part : parts) {
            seen.add(new Journals.Version(
                    clock,
                    part.device(),
                    version.number(),
                    Sha256.hex(version.weights().toArray())));
        }
        return this;
    }

    /** A committed EVALUATE round of the newest version, in which each device reports this RMSE. */
    public Story evaluated(long round, double rmse, String... devices) {
        long base = versions.size() - 1L;
        rounds.add(round(round, 1, RoundKind.EVALUATE, base, "COMMITTED"));
        for (String device : devices) {
            Evaluation own = Evaluation.ofDevice(new double[][] {{1}}, new double[][] {{1 + rmse}}, 1, 0);
            answer(
                    new AnswerKey(device, round, 1),
                    RoundKind.EVALUATE,
                    base,
                    1,
                    new EncodedVector(EncodedVector.Role.OWN, Counts.ID, new Counts().encode(own.sums(), new Seed(0))));
        }
        return this;
    }

    /** The device makes, sends and is acknowledged an update, and is counted. */
    private void answer(AnswerKey key, RoundKind kind, long base, long examples, EncodedVector vector) {
        Bytes payload = WireMapper.encode(new Update(
                new RoundId(key.round(), key.attempt()),
                1,
                base,
                Bytes.of(new byte[8]),
                kind,
                examples,
                List.of(vector),
                0,
                0));
        String sha256 = Sha256.hex(payload.toArray());
        answers.add(new Journals.Answer(clock, key, kind.name(), sha256, payload));
        capture.add(new CapturedUpdate(key, true, key.device(), sha256));
        capture.add(new CapturedUpdate(key, false, "coordinator-chaos-0", sha256));
        participations.add(new Records.Participation(key, "CONTRIBUTED", "ACCEPTED"));
        receipts.add(new Journals.Receipt(++clock, key, "ACCEPTED", false));
    }

    /** A round as the database has it. */
    public static Records.Round round(long number, int attempt, RoundKind kind, long base, String state) {
        RoundAnnouncement call = new RoundAnnouncement(
                FEDERATION,
                new RoundId(number, attempt),
                kind,
                base,
                Bytes.of(new byte[8]),
                Bytes.of(new byte[16]),
                1,
                0.1,
                0,
                Float64.ID,
                0,
                false,
                Duration.ofSeconds(5),
                Duration.ZERO);
        return new Records.Round(number, attempt, kind.name(), base, WireMapper.encode(call), state);
    }

    /** The federation publishes its versions as steps in this encoding. */
    public Story publishing(Encoding encoding) {
        modelEncoding = encoding;
        return this;
    }

    /** The newest specification, as on the wire. */
    public static Bytes spec() {
        return spec(Encoding.NONE);
    }

    private static Bytes spec(Encoding modelEncoding) {
        ModelSchema schema = new ModelSchema(
                0, Task.REGRESSION, List.of(Feature.unbounded("x")), List.of("y"), Optional.empty(), 20);
        TrainingPlan plan =
                new TrainingPlan(1, 1, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.SQUARED, 5, 2);
        return WireMapper.encode(
                new FederationSpec(FEDERATION, schema, plan, OptionalInt.empty(), 1).withModelEncoding(modelEncoding));
    }

    /** What the database has. */
    public Records records() {
        return new Records(spec(modelEncoding), rounds, participations, versions);
    }

    /** What the devices wrote. */
    public Journals journals() {
        return new Journals(answers, receipts, seen);
    }

    /** All of it. */
    public Evidence evidence() {
        return new Evidence(FEDERATION.value(), journals(), capture, records());
    }
}
