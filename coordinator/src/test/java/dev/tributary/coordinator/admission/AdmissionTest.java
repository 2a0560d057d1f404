package dev.tributary.coordinator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codecs;
import dev.tributary.codec.Counts;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {
    private static final ModelSchema SCHEMA = new ModelSchema(
            0, Task.CLASSIFICATION, List.of(Feature.unbounded("x")), List.of("a", "b"), Optional.empty(), 3);
    private static final Bytes FINGERPRINT = Bytes.of(SCHEMA.fingerprint().shortBytes());
    private static final DeviceId ID = new DeviceId("pump1");
    private static final Device TRAINER = new Device(ID, Role.TRAINER, 10, Status.ONLINE, false, Instant.EPOCH);
    private static final Device EVALUATOR = new Device(ID, Role.EVALUATOR, 10, Status.ONLINE, false, Instant.EPOCH);
    private static final RoundId ROUND = new RoundId(5, 2);
    private static final int EXACT = 1;
    private static final int FLOAT64 = 3;

    private final Admission admission = new Admission(new AdmissionLimits(1000, 100), Codecs::of);

    static Stream<Arguments> trainUpdates() {
        EncodedVector good = exact(1, -2, 3, 4);
        return Stream.of(
                Arguments.of("good", update(RoundKind.TRAIN, 3, FINGERPRINT, 10, 5, 1, good), Code.ACCEPTED),
                Arguments.of("kind", update(RoundKind.EVALUATE, 3, FINGERPRINT, 10, 5, 1, good), Code.WRONG_KIND),
                Arguments.of("base", update(RoundKind.TRAIN, 2, FINGERPRINT, 10, 5, 1, good), Code.WRONG_BASE_VERSION),
                Arguments.of(
                        "fingerprint",
                        update(RoundKind.TRAIN, 3, Bytes.of(new byte[8]), 10, 5, 1, good),
                        Code.WRONG_FINGERPRINT),
                Arguments.of(
                        "no examples",
                        update(RoundKind.TRAIN, 3, FINGERPRINT, 0, 0, 1, good),
                        Code.INVALID_EXAMPLE_COUNT),
                Arguments.of(
                        "negative examples",
                        update(RoundKind.TRAIN, 3, FINGERPRINT, -1, 0, 1, good),
                        Code.INVALID_EXAMPLE_COUNT),
                Arguments.of(
                        "too many examples",
                        update(RoundKind.TRAIN, 3, FINGERPRINT, 1001, 0, 1, good),
                        Code.INVALID_EXAMPLE_COUNT),
                Arguments.of(
                        "more correct than examples",
                        update(RoundKind.TRAIN, 3, FINGERPRINT, 10, 11, 1, good),
                        Code.INVALID_EXAMPLE_COUNT),
                Arguments.of("no vector", update(RoundKind.TRAIN, 3, FINGERPRINT, 10, 5, 1), Code.WRONG_SHAPE),
                Arguments.of(
                        "two vectors", update(RoundKind.TRAIN, 3, FINGERPRINT, 10, 5, 1, good, good), Code.WRONG_SHAPE),
                Arguments.of(
                        "other role",
                        update(
                                RoundKind.TRAIN,
                                3,
                                FINGERPRINT,
                                10,
                                5,
                                1,
                                new EncodedVector(EncodedVector.Role.OWN, EXACT, good.bytes())),
                        Code.WRONG_SHAPE),
                Arguments.of(
                        "other encoding",
                        update(
                                RoundKind.TRAIN,
                                3,
                                FINGERPRINT,
                                10,
                                5,
                                1,
                                new EncodedVector(EncodedVector.Role.DELTA, 2, good.bytes())),
                        Code.WRONG_ENCODING),
                Arguments.of(
                        "too short", update(RoundKind.TRAIN, 3, FINGERPRINT, 10, 5, 1, exact(1, 2, 3)), Code.MALFORMED),
                Arguments.of(
                        "loss is NaN",
                        update(RoundKind.TRAIN, 3, FINGERPRINT, 10, 5, Double.NaN, good),
                        Code.NOT_FINITE),
                Arguments.of(
                        "norm",
                        update(RoundKind.TRAIN, 3, FINGERPRINT, 10, 5, 1, exact(1e3, 0, 0, 0)),
                        Code.NORM_TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainUpdates")
    void judge_trainUpdate(String name, Update update, Code expected) {
        assertThat(code(admission.judge(update, TRAINER, terms(RoundKind.TRAIN, false))))
                .isEqualTo(expected);
    }

    @Test
    void judge_notANumberInADelta_isRejectedOneWayOrTheOther() {
        byte[] bytes = exact(1, 2, 3, 4).bytes().toArray();
        bytes[2] = (byte) 0xC0;
        bytes[3] = 0x7F;
        Update update = update(
                RoundKind.TRAIN,
                3,
                FINGERPRINT,
                10,
                5,
                1,
                new EncodedVector(EncodedVector.Role.DELTA, EXACT, Bytes.of(bytes)));
        assertThat(code(admission.judge(update, TRAINER, terms(RoundKind.TRAIN, false))))
                .isIn(Code.NOT_FINITE, Code.MALFORMED);
    }

    static Stream<Arguments> momentsUpdates() {
        return Stream.of(
                Arguments.of("good", Vector.of(10, 1, 1, 4, 6), Code.ACCEPTED),
                Arguments.of("missing values", Vector.of(7, 1, 1, 4, 6), Code.ACCEPTED),
                Arguments.of("more values than examples", Vector.of(11, 1, 1, 4, 6), Code.INVALID_EXAMPLE_COUNT),
                Arguments.of("half a value", Vector.of(9.5, 1, 1, 4, 6), Code.INVALID_EXAMPLE_COUNT),
                Arguments.of("labels do not add up", Vector.of(10, 1, 1, 4, 5), Code.INVALID_EXAMPLE_COUNT),
                Arguments.of("negative squares", Vector.of(10, 1, -1, 4, 6), Code.MALFORMED),
                Arguments.of("NaN", Vector.of(10, Double.NaN, 1, 4, 6), Code.MALFORMED),
                Arguments.of("short", Vector.of(10, 1, 1, 4), Code.WRONG_SHAPE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("momentsUpdates")
    void judge_statistics(String name, Vector moments, Code expected) {
        Update update =
                update(RoundKind.STATISTICS, 3, FINGERPRINT, 10, 0, 0, float64(EncodedVector.Role.MOMENTS, moments));
        assertThat(code(admission.judge(update, TRAINER, terms(RoundKind.STATISTICS, false))))
                .isEqualTo(expected);
    }

    static Stream<Arguments> evaluations() {
        Vector good = Evaluation.ofDevice(new long[][] {{4, 1}, {2, 3}}, 2).sums();
        return Stream.of(
                Arguments.of("own", TRAINER, false, List.of(own(good)), Code.ACCEPTED),
                Arguments.of("new", EVALUATOR, false, List.of(role(EncodedVector.Role.NEW, good)), Code.ACCEPTED),
                Arguments.of(
                        "trainer as new",
                        TRAINER,
                        false,
                        List.of(role(EncodedVector.Role.NEW, good)),
                        Code.WRONG_SHAPE),
                Arguments.of("evaluator as own", EVALUATOR, false, List.of(own(good)), Code.WRONG_SHAPE),
                Arguments.of("twice", TRAINER, false, List.of(own(good), own(good)), Code.WRONG_SHAPE),
                Arguments.of("nothing", TRAINER, true, List.of(), Code.WRONG_SHAPE),
                Arguments.of(
                        "comparison not asked for",
                        TRAINER,
                        false,
                        List.of(own(good), role(EncodedVector.Role.BASELINE, good)),
                        Code.WRONG_SHAPE),
                Arguments.of(
                        "comparisons",
                        TRAINER,
                        true,
                        List.of(
                                own(good),
                                role(EncodedVector.Role.BASELINE, good),
                                role(EncodedVector.Role.LOCAL_ONLY, good)),
                        Code.ACCEPTED),
                Arguments.of("two devices", TRAINER, false, List.of(own(good.plus(good))), Code.INVALID_EXAMPLE_COUNT),
                Arguments.of(
                        "counts do not add up",
                        TRAINER,
                        false,
                        List.of(own(Vector.of(1, 10, 2, 0.7, 4, 1, 2, 30))),
                        Code.INVALID_EXAMPLE_COUNT),
                Arguments.of(
                        "negative count",
                        TRAINER,
                        false,
                        List.of(own(Vector.of(1, 10, 2, 0.7, 12, -2, 0, 0))),
                        Code.INVALID_EXAMPLE_COUNT),
                Arguments.of(
                        "accuracy of 2",
                        TRAINER,
                        false,
                        List.of(own(Vector.of(1, 10, 2, 2, 4, 1, 2, 3))),
                        Code.INVALID_EXAMPLE_COUNT),
                Arguments.of(
                        "infinite",
                        TRAINER,
                        false,
                        List.of(own(Vector.of(1, 10, Double.POSITIVE_INFINITY, 0.7, 4, 1, 2, 3))),
                        Code.MALFORMED),
                Arguments.of("short", TRAINER, false, List.of(own(Vector.of(1, 10))), Code.MALFORMED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("evaluations")
    void judge_evaluation(String name, Device device, boolean comparisons, List<EncodedVector> vectors, Code expected) {
        Update update = update(RoundKind.EVALUATE, 3, FINGERPRINT, 10, 0, 0, vectors.toArray(new EncodedVector[0]));
        assertThat(code(admission.judge(update, device, terms(RoundKind.EVALUATE, comparisons))))
                .isEqualTo(expected);
    }

    @Test
    void judgeSender_eachReason() {
        Update update = update(RoundKind.TRAIN, 3, FINGERPRINT, 10, 5, 1, exact(1, 2, 3, 4));
        Optional<RoundTerms> open = Optional.of(terms(RoundKind.TRAIN, false));
        Optional<RoundId> newest = Optional.of(ROUND);
        assertThat(admission.judgeSender(ID, update, Optional.of(TRAINER), open, newest))
                .isEmpty();
        assertThat(sender(update, Optional.empty(), open, newest)).isEqualTo(Code.UNKNOWN_DEVICE);
        assertThat(sender(update, Optional.of(TRAINER), open, Optional.empty())).isEqualTo(Code.UNKNOWN_ROUND);
        assertThat(sender(update, Optional.of(TRAINER), Optional.empty(), Optional.of(new RoundId(5, 1))))
                .isEqualTo(Code.UNKNOWN_ROUND);
        assertThat(sender(update, Optional.of(TRAINER), Optional.empty(), newest))
                .isEqualTo(Code.LATE);
        assertThat(sender(update, Optional.of(EVALUATOR), open, newest)).isEqualTo(Code.NOT_SELECTED);
        Device outlier = new Device(ID, Role.TRAINER, 10, Status.ONLINE, true, Instant.EPOCH);
        assertThat(sender(update, Optional.of(outlier), open, newest)).isEqualTo(Code.OUTLYING_STATISTICS);
        Optional<RoundTerms> nobody = Optional.of(new RoundTerms(announcement(RoundKind.TRAIN, false, 0), SCHEMA));
        assertThat(sender(update, Optional.of(TRAINER), nobody, newest)).isEqualTo(Code.NOT_SELECTED);
    }

    @Test
    void judgeAge_versionsAndRollBacks() {
        assertThat(Admission.judgeAge(7, 7, 0, 0)).isEmpty();
        assertThat(Admission.judgeAge(6, 7, 0, 0).orElseThrow().code()).isEqualTo(Code.STALE);
        assertThat(Admission.judgeAge(4, 7, 4, 3)).isEmpty();
        assertThat(Admission.judgeAge(3, 7, 0, 3).orElseThrow().detail())
                .isEqualTo("the update was trained from version 3, the newest is 7, and maximumStaleness is 3");
        assertThat(Admission.judgeAge(4, 7, 5, 3).orElseThrow().detail())
                .isEqualTo("the update was trained from version 4, before a roll-back made version 5");
    }

    private Code sender(Update update, Optional<Device> device, Optional<RoundTerms> open, Optional<RoundId> newest) {
        return admission
                .judgeSender(ID, update, device, open, newest)
                .orElseThrow()
                .code();
    }

    private static Code code(Verdict verdict) {
        return verdict instanceof Verdict.Rejected rejected ? rejected.code() : Code.ACCEPTED;
    }

    private static RoundTerms terms(RoundKind kind, boolean comparisons) {
        return new RoundTerms(announcement(kind, comparisons, 1), SCHEMA);
    }

    private static RoundAnnouncement announcement(RoundKind kind, boolean comparisons, double share) {
        return new RoundAnnouncement(
                new FederationId("pumps"),
                ROUND,
                kind,
                3,
                FINGERPRINT,
                Bytes.of((byte) 1),
                share,
                0.1,
                0,
                EXACT,
                1,
                comparisons,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    private static Update update(
            RoundKind kind,
            long baseVersion,
            Bytes fingerprint,
            long exampleCount,
            long correct,
            double loss,
            EncodedVector... vectors) {
        return new Update(ROUND, 1, baseVersion, fingerprint, kind, exampleCount, List.of(vectors), correct, loss);
    }

    private static EncodedVector exact(double... values) {
        return new EncodedVector(
                EncodedVector.Role.DELTA,
                EXACT,
                Codecs.byId(EXACT).orElseThrow().encode(Vector.of(values), new Seed(0)));
    }

    private static EncodedVector own(Vector values) {
        return role(EncodedVector.Role.OWN, values);
    }

    private static EncodedVector role(EncodedVector.Role role, Vector values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length() * (1 + Double.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length(); i++) {
            bytes.put((byte) 0).putDouble(values.get(i)); // any float64, in the encoding counts
        }
        return new EncodedVector(role, Counts.ID, Bytes.of(bytes.array()));
    }

    private static EncodedVector float64(EncodedVector.Role role, Vector values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length(); i++) {
            bytes.putDouble(values.get(i));
        }
        return new EncodedVector(role, FLOAT64, Bytes.of(bytes.array()));
    }
}
