package dev.tributary.coordinator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codecs;
import dev.tributary.codec.Float64;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.learning.Examples;
import dev.tributary.learning.SufficientStatistics;
import dev.tributary.model.Bytes;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers to a SOLVE round. */
class SumsCheckTest {
    private static final int EXAMPLES = 4;
    private static final ModelSchema SCHEMA = new ModelSchema(
            1,
            Task.REGRESSION,
            List.of(Feature.unbounded("x")),
            List.of("y"),
            Optional.of(new Standardiser(Vector.of(0), Vector.of(1), Vector.of(0), Vector.of(1))),
            20);
    private static final Bytes FINGERPRINT = Bytes.of(SCHEMA.fingerprint().shortBytes());
    private static final RoundAnnouncement CALL = new RoundAnnouncement(
            new FederationId("f"),
            new RoundId(2, 1),
            RoundKind.SOLVE,
            0,
            FINGERPRINT,
            Bytes.of(new byte[] {1}),
            1,
            0,
            0,
            0,
            0,
            false,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
    private static final Device DEVICE = new Device(
            new DeviceId("d"), Presence.Role.TRAINER, EXAMPLES, Presence.Status.ONLINE, false, Instant.EPOCH);

    private static double[] sums() {
        return SufficientStatistics.of(
                        Examples.standardised(SCHEMA, List.of(row(1, 2), row(2, 3), row(-3, 7), row(0.5, -1))))
                .sums()
                .toArray();
    }

    private static Examples.RawExample row(double x, double y) {
        return new Examples.RawExample(new double[] {x}, new double[] {y});
    }

    private static Verdict judge(EncodedVector vector, long exampleCount) {
        Update update =
                new Update(CALL.round(), 1, 0, FINGERPRINT, RoundKind.SOLVE, exampleCount, List.of(vector), 0, 0);
        return new Admission(AdmissionLimits.DEFAULT, Codecs::of).judge(update, DEVICE, new RoundTerms(CALL, SCHEMA));
    }

    private static EncodedVector encoded(double... values) {
        return new EncodedVector(
                EncodedVector.Role.SUFFICIENT_STATISTICS,
                Float64.ID,
                new Float64().encode(Vector.of(values), new Seed(0)));
    }

    @Test
    void judge_sumsOfExamples_areAccepted() {
        assertThat(judge(encoded(sums()), EXAMPLES))
                .isEqualTo(
                        new Verdict.Accepted(new Contribution.Sums(new SufficientStatistics(2, 1, Vector.of(sums())))));
    }

    /** The sums are Σx², Σx, n, Σxy, Σy, Σy². */
    @ParameterizedTest
    @CsvSource({
        "0, -1, MALFORMED",
        "0, 1601, MALFORMED",
        "1, 9, MALFORMED",
        "2, 5, INVALID_EXAMPLE_COUNT",
        "3, 1000, MALFORMED",
        "4, -1000, MALFORMED",
        "5, -1, MALFORMED"
    })
    void judge_sumsThatNoExamplesHave_areRejected(int index, double value, Code expected) {
        double[] wrong = sums();
        wrong[index] = value;
        assertThat(judge(encoded(wrong), EXAMPLES))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(expected));
    }

    @Test
    void judge_otherShapes_areRejected() {
        assertThat(judge(encoded(1, 2, 3), EXAMPLES))
                .isEqualTo(new Verdict.Rejected(Code.WRONG_SHAPE, "SUFFICIENT_STATISTICS must have 48 bytes, had 24"));
        EncodedVector asFloat32 =
                new EncodedVector(EncodedVector.Role.SUFFICIENT_STATISTICS, 1, Bytes.of(new byte[24]));
        assertThat(judge(asFloat32, EXAMPLES))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(Code.WRONG_ENCODING));
        EncodedVector moments = new EncodedVector(EncodedVector.Role.MOMENTS, Float64.ID, Bytes.of(new byte[48]));
        assertThat(judge(moments, EXAMPLES))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(Code.WRONG_SHAPE));
    }
}
