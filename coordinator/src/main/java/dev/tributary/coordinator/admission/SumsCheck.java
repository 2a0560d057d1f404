package dev.tributary.coordinator.admission;

import dev.tributary.codec.Float64;
import dev.tributary.learning.SufficientStatistics;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.Update;
import java.util.Optional;

/** Judges the sums of an answer to a SOLVE round: whether they could be those of so many examples. */
final class SumsCheck {
    private static final Float64 FLOAT64 = new Float64();
    private static final Seed NO_SEED = new Seed(0);
    private static final double SLACK = 1 + 1e-9;

    private SumsCheck() {}

    static Verdict judge(Update update, RoundTerms terms) {
        Optional<Verdict> shape = Admission.onlyRole(update, Role.SUFFICIENT_STATISTICS);
        if (shape.isPresent()) {
            return shape.get();
        }
        EncodedVector encoded = update.vectors().get(0);
        if (encoded.encoding() != Float64.ID) {
            return Admission.wrongEncoding(encoded, Float64.ID);
        }
        ModelSchema schema = terms.schema();
        int features = schema.features().size();
        int outputs = schema.outputs().size();
        int length = SufficientStatistics.length(features, outputs);
        if (encoded.bytes().size() != (long) length * Double.BYTES) {
            return Admission.wrongShape(encoded, (long) length * Double.BYTES);
        }
        SufficientStatistics statistics =
                new SufficientStatistics(features + 1, outputs, FLOAT64.decode(encoded.bytes(), length, NO_SEED));
        if (statistics.count() != update.exampleCount()) {
            return Admission.rejected(
                    Code.INVALID_EXAMPLE_COUNT,
                    "the sums must be of exampleCount " + update.exampleCount() + " examples, were of "
                            + statistics.count());
        }
        return problem(statistics, schema.featureClip())
                .map(detail -> Admission.rejected(Code.MALFORMED, detail))
                .orElseGet(() -> new Verdict.Accepted(new Contribution.Sums(statistics)));
    }

    /** What no examples could have: by the clip of the features, and by Cauchy and Schwarz. */
    private static Optional<String> problem(SufficientStatistics statistics, double clip) {
        double largest = statistics.count() * Math.max(1, clip * clip) * SLACK;
        for (int i = 0; i < statistics.columns(); i++) {
            double square = statistics.product(i, i);
            if (!(square >= 0 && square <= largest)) {
                return Optional.of(
                        "the sum of squares of column " + i + " must be in [0, " + largest + "], was " + square);
            }
            for (int j = 0; j < i; j++) {
                double bound = Math.sqrt(square * statistics.product(j, j)) * SLACK;
                if (!(Math.abs(statistics.product(j, i)) <= bound)) {
                    return Optional.of("the sum of products of columns " + j + " and " + i + " must be within " + bound
                            + ", was " + statistics.product(j, i));
                }
            }
            for (int k = 0; k < statistics.outputs(); k++) {
                double bound = Math.sqrt(square * Math.max(0, statistics.squares(k))) * SLACK;
                if (!(Math.abs(statistics.moment(i, k)) <= bound)) {
                    return Optional.of("the sum of products of column " + i + " and output " + k + " must be within "
                            + bound + ", was " + statistics.moment(i, k));
                }
            }
        }
        return Optional.empty();
    }
}
