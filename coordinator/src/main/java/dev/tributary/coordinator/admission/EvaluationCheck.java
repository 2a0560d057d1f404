package dev.tributary.coordinator.admission;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.Update;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Judges the vectors of an answer to an EVALUATE round. */
final class EvaluationCheck {
    /** The id of the encoding of everything that is no delta: float64, little-endian. */
    static final int FLOAT64 = 3;

    private final AdmissionLimits limits;

    EvaluationCheck(AdmissionLimits limits) {
        this.limits = limits;
    }

    /** The values of a payload whose size is already checked. */
    static Vector doubles(Bytes bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toArray()).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.size() / Double.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getDouble();
        }
        return Vector.of(values);
    }

    Verdict judge(Update update, Device device, RoundTerms terms) {
        Role main = device.role() == Presence.Role.TRAINER ? Role.OWN : Role.NEW;
        Set<Role> allowed = EnumSet.of(main);
        if (main == Role.OWN && terms.announcement().comparisons()) {
            allowed.add(Role.LOCAL_ONLY);
            allowed.add(Role.BASELINE);
        }
        Map<Role, Evaluation> evaluations = new EnumMap<>(Role.class);
        for (EncodedVector vector : update.vectors()) {
            if (!allowed.contains(vector.role()) || evaluations.containsKey(vector.role())) {
                return Admission.rejected(
                        Code.WRONG_SHAPE,
                        "vectors must be one of each of " + allowed + ", one more was "
                                + vector.role().name());
            }
            Verdict verdict = one(update, vector, terms.schema());
            if (!(verdict instanceof Verdict.Accepted accepted)
                    || !(accepted.contribution() instanceof Contribution.Evaluations one)) {
                return verdict;
            }
            evaluations.putAll(one.byRole());
        }
        if (!evaluations.containsKey(main)) {
            return Admission.rejected(Code.WRONG_SHAPE, "vectors must have " + main.name() + ", had none");
        }
        return new Verdict.Accepted(new Contribution.Evaluations(evaluations));
    }

    private Verdict one(Update update, EncodedVector vector, ModelSchema schema) {
        if (vector.encoding() != FLOAT64) {
            return Admission.wrongEncoding(vector, FLOAT64);
        }
        int outputs = schema.outputs().size();
        int length = Evaluation.length(schema.task(), outputs);
        if (vector.bytes().size() != (long) length * Double.BYTES) {
            return Admission.wrongShape(vector, (long) length * Double.BYTES);
        }
        Vector sums = doubles(vector.bytes());
        if (!sums.isFinite()) {
            return Admission.rejected(Code.NOT_FINITE, vector.role().name() + " must be finite");
        }
        double examples = sums.get(1);
        if (sums.get(0) != 1 || examples < 1 || examples > limits.maxExampleCount()) {
            return Admission.rejected(
                    Code.INVALID_EXAMPLE_COUNT,
                    vector.role().name() + " must be of 1 device and 1 to " + limits.maxExampleCount()
                            + " examples, was of " + sums.get(0) + " and " + examples);
        }
        if (examples != update.exampleCount()) {
            return Admission.rejected(
                    Code.INVALID_EXAMPLE_COUNT,
                    vector.role().name() + " must be of exampleCount " + update.exampleCount() + " examples, was of "
                            + examples);
        }
        return EvaluationSums.problem(schema, sums)
                .<Verdict>map(problem -> new Verdict.Rejected(
                        Code.INVALID_EXAMPLE_COUNT, vector.role().name() + ": " + problem))
                .orElseGet(() -> new Verdict.Accepted(new Contribution.Evaluations(
                        Map.of(vector.role(), new Evaluation(schema.task(), outputs, sums)))));
    }
}
