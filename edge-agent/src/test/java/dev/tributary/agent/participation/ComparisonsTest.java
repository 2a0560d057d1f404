package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.learning.Examples.RawExample;
import dev.tributary.model.Architecture;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a device's own model starts from. */
class ComparisonsTest {
    private static final FederationId FEDERATION = new FederationId("f");

    /** From zeros a perceptron would stay where it is; a linear model cannot learn exclusive or from anywhere. */
    @Test
    void localOnly_exclusiveOr_isLearntByThePerceptronAndNotByTheLinearModel() {
        assertThat(localOnly(new Architecture.Perceptron(10)).accuracy()).isEqualTo(1);
        assertThat(localOnly(Architecture.LINEAR).accuracy()).isLessThanOrEqualTo(0.75);
    }

    @Test
    void localOnly_twice_isTheSame() {
        Architecture perceptron = new Architecture.Perceptron(10);
        assertThat(localOnly(perceptron).sums()).isEqualTo(localOnly(perceptron).sums());
    }

    private static Evaluation localOnly(Architecture architecture) {
        ModelSchema schema = new ModelSchema(
                0,
                Task.CLASSIFICATION,
                List.of(Feature.unbounded("a"), Feature.unbounded("b")),
                List.of("equal", "different"),
                Optional.empty(),
                3,
                Normalization.GLOBAL,
                architecture);
        TrainingPlan plan =
                new TrainingPlan(10, 4, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1);
        FederationSpec spec = new FederationSpec(FEDERATION, schema, plan, OptionalInt.empty(), 1);
        RoundAnnouncement call = new RoundAnnouncement(
                FEDERATION,
                new RoundId(9, 1),
                RoundKind.EVALUATE,
                3,
                Bytes.of(new byte[8]),
                Bytes.of(new byte[16]),
                1,
                0.5,
                0,
                Encoding.NONE,
                40,
                true,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
        List<RawExample> corners = new ArrayList<>();
        for (int corner = 0; corner < 4; corner++) {
            int a = corner & 1;
            int b = corner >> 1;
            corners.add(new RawExample(new double[] {a, b}, new double[] {a ^ b}));
        }
        return new Comparisons(new DeviceId("d"), spec, Learner.ofThisVersion()).localOnly(call, corners, corners);
    }
}
