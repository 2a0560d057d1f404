package dev.tributary.wire;

import dev.tributary.model.Architecture;
import dev.tributary.model.Bytes;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.ByteBudget;
import dev.tributary.protocol.DeviceMetrics;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.protocol.Prediction;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** One message of each kind, with every field set to something that is not its default. */
final class WireExamples {
    static final FederationId FEDERATION = new FederationId("plant");

    private WireExamples() {}

    static ModelSchema schema() {
        return new ModelSchema(
                1,
                Task.CLASSIFICATION,
                List.of(new Feature("temperature", "°C", -40, 125, true), Feature.unbounded("vibration")),
                List.of("imbalance", "normal", "wear"),
                Optional.of(new Standardiser(
                        Vector.of(20.5, 0.125), Vector.of(4, 0.0625), Vector.zeros(0), Vector.zeros(0))),
                3);
    }

    static FederationSpec spec() {
        return new FederationSpec(
                FEDERATION,
                schema(),
                new TrainingPlan(10, 32, TrainingPlan.LocalOptimizer.NESTEROV, 0.5, TrainingPlan.Objective.LOG, 5, 20),
                OptionalInt.of(1),
                4);
    }

    /** What specifications can say since version 1 was first written down. */
    static List<FederationSpec> laterSpecs() {
        ModelSchema schema = schema();
        TrainingPlan plan = spec().plan();
        ModelSchema perDevice = new ModelSchema(
                1,
                schema.task(),
                schema.features(),
                schema.outputs(),
                schema.standardiser(),
                Double.POSITIVE_INFINITY,
                Normalization.DEVICE,
                new Architecture.Perceptron(10));
        ModelSchema values = new ModelSchema(
                0,
                Task.REGRESSION,
                schema.features(),
                schema.outputs(),
                Optional.empty(),
                20,
                Normalization.NONE,
                Architecture.LINEAR);
        TrainingPlan exact = new TrainingPlan(
                5,
                0,
                plan.localOptimizer(),
                0,
                TrainingPlan.Objective.SQUARED,
                5,
                1,
                0.25,
                0,
                TrainingPlan.Solver.EXACT,
                OptionalDouble.of(0));
        return List.of(
                new FederationSpec(FEDERATION, perDevice, plan.fineTuning(3, 0.001), OptionalInt.of(1), 4),
                new FederationSpec(FEDERATION, values, exact, OptionalInt.empty(), 1),
                spec().withModelEncoding(Encoding.of(6).withStep(0.5)),
                budgeted());
    }

    static FederationSpec budgeted() {
        return spec().withBudget(new ByteBudget(300_000, Duration.ofMinutes(5), Duration.ofHours(1), true));
    }

    static DeviceMetrics metrics() {
        return new DeviceMetrics(new DeviceId("pump-7"), 300, 70_000);
    }

    static GlobalModel model() {
        ModelSchema schema = schema();
        return new GlobalModel(
                7, schema, new Weights(schema.layout(), Vector.of(0.5, -0.25, 0.125, 1, -2, 4, 0, 1024, -0.0078125)));
    }

    /** Version 8, made from {@link #model()} by the smallest of steps. */
    static ModelDelta delta() {
        ModelDelta.Step step =
                new ModelDelta.Step(7, Encoding.of(6).withStep(0.5), Bytes.of(new byte[] {0, 63, 1, 2, 3}));
        return new ModelDelta(8, notice().fingerprint(), notice().digest(), Optional.of(step));
    }

    static ModelDelta notice() {
        return new ModelDelta(
                8,
                Bytes.of(schema().fingerprint().shortBytes()),
                Bytes.of(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}),
                Optional.empty());
    }

    static RoundAnnouncement round() {
        return new RoundAnnouncement(
                FEDERATION,
                new RoundId(300, 2),
                RoundKind.TRAIN,
                7,
                Bytes.of(schema().fingerprint().shortBytes()),
                Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}),
                0.75,
                0.5,
                0.1,
                2,
                6,
                true,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30));
    }

    /** An announcement whose encoding has parameters. */
    static RoundAnnouncement ditheredRound() {
        RoundAnnouncement plain = round();
        return new RoundAnnouncement(
                FEDERATION,
                plain.round(),
                plain.kind(),
                plain.baseVersion(),
                plain.fingerprint(),
                plain.nonce(),
                plain.share(),
                plain.learningRate(),
                plain.learningRateDecay(),
                new Encoding(7, 1.4, 0.38, 12),
                plain.trainRounds(),
                plain.comparisons(),
                plain.deadline(),
                plain.comeBack());
    }

    static Update update() {
        return new Update(
                new RoundId(300, 2),
                41,
                7,
                Bytes.of(schema().fingerprint().shortBytes()),
                RoundKind.TRAIN,
                240,
                List.of(new EncodedVector(
                        EncodedVector.Role.DELTA, 2, Bytes.of(new byte[] {0, 0, 0, 63, 1, 2, 3, 4, 5, 6, 7, 8, 9}))),
                200,
                12.5);
    }

    static Receipt receipt() {
        return new Receipt(FEDERATION, new RoundId(300, 2), Receipt.Code.NORM_TOO_LARGE, "norm 1e9", true);
    }

    static Receipt staleReceipt() {
        return new Receipt(FEDERATION, new RoundId(300, 2), Receipt.Code.STALE, "", false);
    }

    static Presence presence() {
        return new Presence(
                new DeviceId("pump-7"),
                Presence.Status.ONLINE,
                "0.1.0",
                List.of(new Presence.Membership(FEDERATION, Presence.Role.EVALUATOR, 240)));
    }

    static Presence sleeping() {
        return new Presence(
                new DeviceId("pump-7"),
                Presence.Status.SLEEPING,
                "0.1.0",
                List.of(new Presence.Membership(FEDERATION, Presence.Role.TRAINER, 240)),
                Optional.of(Duration.ofMinutes(10)));
    }

    static Prediction prediction() {
        return new Prediction(FEDERATION, new DeviceId("pump-7"), 7, 2, Vector.of(0.25, 0.25, 0.5));
    }
}
