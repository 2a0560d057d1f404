package dev.tributary.chaos.verdict;

import dev.tributary.chaos.evidence.AnswerKey;
import dev.tributary.chaos.evidence.Evidence;
import dev.tributary.chaos.evidence.Records;
import dev.tributary.codec.Counts;
import dev.tributary.model.Evaluation;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.Update;
import dev.tributary.wire.WireMapper;
import java.util.Optional;

/**
 * How good a version is, from the devices' own evaluations of it: accuracy, or RMSE over all outputs, on the test rows of the
 * devices that train.
 */
public record Metric(long version, long devices, String name, double value) {
    /** How far the metric may be from that of a run without faults, relative to it. */
    public static final double TOLERANCE = 0.01;

    /** The newest version that so many devices evaluated, and its metric; empty when there is none. */
    public static Optional<Metric> newest(Evidence evidence, long devices) {
        Index index = new Index(evidence);
        FederationId federation = new FederationId(evidence.federation());
        if (evidence.records().spec().size() == 0) {
            return Optional.empty();
        }
        FederationSpec spec =
                WireMapper.decodeSpec(federation, evidence.records().spec());
        Optional<Metric> newest = Optional.empty();
        for (Records.Round round : evidence.records().rounds()) {
            if (round.isCommitted() && round.kind().equals("EVALUATE")) {
                Metric metric = of(round, index, spec.schema());
                boolean isNewer = newest.filter(known -> known.version() >= metric.version())
                        .isEmpty();
                if (metric.devices() >= devices && isNewer) {
                    newest = Optional.of(metric);
                }
            }
        }
        return newest;
    }

    private static Metric of(Records.Round round, Index index, ModelSchema schema) {
        int outputs = schema.outputs().size();
        Evaluation sum = Evaluation.empty(schema.task(), outputs);
        for (AnswerKey key : index.contributors(round).values()) {
            Optional<EncodedVector> own = index.update(key)
                    .map(answer -> WireMapper.decodeDeviceMessage(answer.payload()))
                    .filter(Update.class::isInstance)
                    .flatMap(update -> ((Update) update).vector(EncodedVector.Role.OWN));
            if (own.isPresent()) {
                sum = sum.plus(new Evaluation(
                        schema.task(),
                        outputs,
                        new Counts()
                                .decode(own.get().bytes(), Evaluation.length(schema.task(), outputs), new Seed(0))));
            }
        }
        if (schema.task() == Task.CLASSIFICATION) {
            return new Metric(round.baseVersion(), sum.devices(), "accuracy", sum.accuracy());
        }
        double rmse = 0;
        for (int k = 0; k < outputs; k++) {
            rmse += sum.rmse(k) / outputs;
        }
        return new Metric(round.baseVersion(), sum.devices(), "RMSE", rmse);
    }

    /** Whether this is as good as the metric of the run without faults. */
    public boolean isAsGoodAs(Metric reference) {
        return Math.abs(value - reference.value()) <= TOLERANCE * Math.abs(reference.value());
    }
}
