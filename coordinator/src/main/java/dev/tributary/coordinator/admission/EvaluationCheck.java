package dev.tributary.coordinator.admission;

import dev.tributary.codec.Counts;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.model.Evaluation;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.Update;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Judges the vectors of an answer to an EVALUATE round. */
final class EvaluationCheck {
    private static final Counts COUNTS = new Counts();
    private static final Seed NO_SEED = new Seed(0);

    private final AdmissionLimits limits;

    EvaluationCheck(AdmissionLimits limits) {
        this.limits = limits;
    }

    Verdict judge(Update update, Device device, RoundTerms terms) {
        Role main = device.role() == Presence.Role.TRAINER ? Role.OWN : Role.NEW;
        Set<Role> allowed = EnumSet.of(main);
        if (main == Role.OWN && terms.announcement().comparisons()) {
            allowed.add(Role.LOCAL_ONLY);
            allowed.add(Role.BASELINE);
        }
        if (main == Role.OWN && terms.isPersonal()) {
            allowed.add(Role.PERSONAL);
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
        if (vector.encoding() != Counts.ID) {
            return Admission.wrongEncoding(vector, Counts.ID);
        }
        int outputs = schema.outputs().size();
        Vector sums = COUNTS.decode(vector.bytes(), Evaluation.length(schema.task(), outputs), NO_SEED);
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
