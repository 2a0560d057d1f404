package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.admission.Contribution;
import dev.tributary.coordinator.admission.RoundTerms;
import dev.tributary.coordinator.aggregation.DeltaAggregation;
import dev.tributary.coordinator.aggregation.DeviceDelta;
import dev.tributary.coordinator.aggregation.EvaluationMerge;
import dev.tributary.coordinator.aggregation.ExactRegression;
import dev.tributary.coordinator.aggregation.StatisticsMerge;
import dev.tributary.coordinator.federation.Aggregation;
import dev.tributary.model.ModelSchema;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundKind;
import java.util.Optional;
import java.util.OptionalDouble;

/** The sums of the open round. Owned by the federation's thread. */
final class RoundWork {
    private final RoundTerms terms;
    private final StatisticsMerge statistics;
    private final DeltaAggregation deltas;
    private final EvaluationMerge evaluations;
    private final Optional<ExactRegression> regression;

    /** Nothing yet; {@code ridge} is that of the exact solver. */
    RoundWork(RoundTerms terms, Aggregation aggregation, OptionalDouble ridge) {
        this.terms = terms;
        ModelSchema schema = terms.schema();
        this.statistics = new StatisticsMerge(schema);
        this.deltas = aggregation.begin(schema.layout().size());
        this.regression = terms.announcement().kind() == RoundKind.SOLVE
                ? Optional.of(new ExactRegression(
                        schema.features().size(), schema.outputs().size(), ridge))
                : Optional.empty();
        this.evaluations = new EvaluationMerge(schema.task(), schema.outputs().size());
    }

    RoundTerms terms() {
        return terms;
    }

    /** Folds an accepted contribution in; throws {@link ArithmeticException} and changes nothing when it cannot. */
    void fold(DeviceId device, Contribution contribution) {
        if (contribution instanceof Contribution.Statistics one) {
            statistics.add(device, one.moments());
        } else if (contribution instanceof Contribution.Delta one) {
            deltas.add(new DeviceDelta(device, one.delta(), one.exampleCount(), one.loss()));
        } else if (contribution instanceof Contribution.Sums one) {
            regression().add(device, one.statistics());
        } else if (contribution instanceof Contribution.Evaluations one) {
            evaluations.add(device, one.byRole());
        }
    }

    StatisticsMerge statistics() {
        return statistics;
    }

    DeltaAggregation deltas() {
        return deltas;
    }

    /** Of a SOLVE round. */
    ExactRegression regression() {
        return regression.orElseThrow();
    }

    EvaluationMerge evaluations() {
        return evaluations;
    }
}
