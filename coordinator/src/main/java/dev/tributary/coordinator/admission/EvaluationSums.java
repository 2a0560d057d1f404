package dev.tributary.coordinator.admission;

import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import java.util.Optional;

/** Whether the sums that one device says are its evaluation could be one. */
final class EvaluationSums {
    private static final int HEADER = 3;
    private static final int PER_OUTPUT = 6;
    private static final double SLACK = 1e-6;

    private EvaluationSums() {}

    /** What is impossible about these sums, whose length is right; empty when nothing is. */
    static Optional<String> problem(ModelSchema schema, Vector sums) {
        return schema.task() == Task.CLASSIFICATION ? counts(sums) : errors(sums);
    }

    private static Optional<String> counts(Vector sums) {
        double total = 0;
        for (int i = HEADER + 1; i < sums.length(); i++) {
            if (sums.get(i) < 0) {
                return Optional.of("counts must be >= 0, was " + sums.get(i));
            }
            total += sums.get(i);
        }
        if (Math.abs(total - sums.get(1)) > SLACK) {
            return Optional.of("counts must add up to " + sums.get(1) + " examples, were " + total);
        }
        double accuracy = sums.get(HEADER);
        return accuracy >= 0 && accuracy <= 1
                ? Optional.empty()
                : Optional.of("accuracy must be in [0, 1], was " + accuracy);
    }

    private static Optional<String> errors(Vector sums) {
        for (int at = HEADER; at < sums.length(); at += PER_OUTPUT) {
            for (int offset : new int[] {0, 1, 2, 3, 5}) {
                if (sums.get(at + offset) < 0) {
                    return Optional.of("sums of errors and squares must be >= 0, was " + sums.get(at + offset));
                }
            }
        }
        return Optional.empty();
    }
}
