package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.model.Evaluation;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.update.EncodedVector.Role;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an evaluation of own test parts says to stopping criteria. */
final class Scoring {
    private Scoring() {}

    /** Accuracy, or minus the mean RMSE in standard deviations: higher is better, and a tolerance means the same. */
    static OptionalDouble score(ModelSchema schema, EvaluationRecord evaluation) {
        Optional<Evaluation> own = evaluation.of(Role.OWN);
        if (own.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (schema.task() == Task.CLASSIFICATION) {
            return OptionalDouble.of(own.get().accuracy());
        }
        double total = 0;
        int outputs = schema.outputs().size();
        for (int k = 0; k < outputs; k++) {
            total += own.get().rmse(k)
                    / schema.standardiser().orElseThrow().outputScale().get(k);
        }
        return OptionalDouble.of(-total / outputs);
    }

    /** Accuracy, or the RMSE of a single output in its unit. */
    static OptionalDouble metric(ModelSchema schema, EvaluationRecord evaluation) {
        boolean isClassification = schema.task() == Task.CLASSIFICATION;
        return evaluation.of(Role.OWN).stream()
                .filter(own -> isClassification || schema.outputs().size() == 1)
                .mapToDouble(own -> isClassification ? own.accuracy() : own.rmse(0))
                .findFirst();
    }
}
