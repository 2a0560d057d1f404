package dev.tributary.coordinator;

import dev.tributary.codec.Codecs;
import dev.tributary.codec.Counts;
import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Moments;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a device without data answers: training goes half the way from each weight to {@code target}.
 *
 * @param mean of its features
 */
public record FakeAnswer(DeviceId id, Presence.Role role, double mean, double target) {
    /** The examples that it says it has. */
    public static final int EXAMPLES = 10;

    /** The update to this call. */
    public Update to(RoundAnnouncement call, ModelSchema schema, Optional<GlobalModel> model, long sequence) {
        List<EncodedVector> vectors = new ArrayList<>();
        switch (call.kind()) {
            case STATISTICS -> vectors.add(vector(call, Role.MOMENTS, Encoding.of(3), moments(schema)));
            case TRAIN -> {
                double[] delta = model.orElseThrow().weights().values().toArray();
                for (int i = 0; i < delta.length; i++) {
                    delta[i] = (target - delta[i]) / 2;
                }
                vectors.add(vector(call, Role.DELTA, call.encoding(), Vector.of(delta)));
            }
            default -> {
                Role main = role == Presence.Role.TRAINER ? Role.OWN : Role.NEW;
                vectors.add(vector(call, main, Encoding.of(Counts.ID), evaluation()));
                if (call.comparisons() && main == Role.OWN) {
                    vectors.add(vector(call, Role.LOCAL_ONLY, Encoding.of(Counts.ID), evaluation()));
                    vectors.add(vector(call, Role.BASELINE, Encoding.of(Counts.ID), evaluation()));
                }
            }
        }
        return new Update(
                call.round(), sequence, call.baseVersion(), call.fingerprint(), call.kind(), EXAMPLES, vectors, 5, 2.5);
    }

    private EncodedVector vector(RoundAnnouncement call, Role vectorRole, Encoding encoding, Vector values) {
        return new EncodedVector(
                vectorRole, encoding.id(), Codecs.of(encoding).orElseThrow().encode(values, call.seed(id)));
    }

    private Vector moments(ModelSchema schema) {
        double[] columns = new double[Moments.empty(schema).columns().length()];
        for (int c = 0; c < columns.length; c += 3) {
            columns[c] = EXAMPLES;
            columns[c + 1] = mean;
            columns[c + 2] = 4.0 * EXAMPLES;
        }
        double[] labels = new double[Moments.empty(schema).labelCounts().length()];
        labels[0] = EXAMPLES;
        return new Moments(Vector.of(columns), Vector.of(labels)).toVector();
    }

    private static Vector evaluation() {
        return Evaluation.ofDevice(new long[][] {{4, 1}, {1, 4}}, 3.0).sums();
    }
}
