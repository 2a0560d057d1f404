package dev.tributary.agent.participation;

import dev.tributary.agent.examples.ExampleSource;
import dev.tributary.codec.Codec;
import dev.tributary.codec.Counts;
import dev.tributary.codec.Float64;
import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.SufficientStatistics;
import dev.tributary.learning.TrainingOutcome;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The answer to a call: a contribution, or a decline with its reason. Holds nothing between two calls.
 *
 * @param model the base version; not used by STATISTICS and SOLVE
 * @param deviceModel learns which model the device chose for itself
 * @param feedback keeps what the encoding leaves out
 * @param sequence numbers the contributions
 */
record RoundWork(
        DeviceId device,
        Member member,
        FederationSpec spec,
        Optional<GlobalModel> model,
        DeviceModel deviceModel,
        Learner learner,
        ErrorFeedback feedback,
        LongSupplier sequence) {

    private static final System.Logger LOG = System.getLogger(RoundWork.class.getName());
    private static final int ROWS_FOR_A_COLUMN = 2;

    DeviceMessage answer(RoundAnnouncement call) {
        return switch (call.kind()) {
            case STATISTICS -> statistics(call);
            case TRAIN -> train(call);
            case EVALUATE -> evaluate(call);
            case SOLVE -> solve(call);
        };
    }

    private DeviceMessage statistics(RoundAnnouncement call) {
        List<RawExample> train = examples().trainPart(schema());
        if (train.size() < spec.plan().minimumExamples()) {
            return decline(call, Decline.Reason.TOO_FEW_EXAMPLES);
        }
        Vector moments = LocalMoments.of(schema(), train).toVector();
        return moments.isFinite()
                ? update(call, train.size(), List.of(coded(call, Role.MOMENTS, Float64.ID, moments)), 0, 0)
                : decline(call, Decline.Reason.DIVERGED);
    }

    /** Sums over few rows would reveal them, up to a rotation. */
    private DeviceMessage solve(RoundAnnouncement call) {
        if (schema().standardiser().isEmpty()) {
            return decline(call, Decline.Reason.UNSUPPORTED);
        }
        List<RawExample> rows = examples().trainPart(schema());
        int enough = ROWS_FOR_A_COLUMN * (schema().features().size() + 1);
        if (rows.size() < Math.max(enough, spec.plan().minimumExamples())) {
            return decline(call, Decline.Reason.TOO_FEW_EXAMPLES);
        }
        Vector sums = SufficientStatistics.of(standardised(rows)).sums();
        return sums.isFinite()
                ? update(call, rows.size(), List.of(coded(call, Role.SUFFICIENT_STATISTICS, Float64.ID, sums)), 0, 0)
                : decline(call, Decline.Reason.DIVERGED);
    }

    private Examples standardised(List<RawExample> rows) {
        return Examples.standardised(LocalSchema.of(schema(), member), rows);
    }

    private DeviceMessage train(RoundAnnouncement call) {
        Optional<Codec> codec = learner.codecs().apply(call.encoding());
        if (codec.isEmpty() || schema().standardiser().isEmpty()) {
            return decline(call, Decline.Reason.UNSUPPORTED);
        }
        List<RawExample> rows = examples().trainPart(schema());
        if (rows.size() < spec.plan().minimumExamples()) {
            return decline(call, Decline.Reason.TOO_FEW_EXAMPLES);
        }
        TrainingOutcome outcome = learner.trainer()
                .train(
                        model.orElseThrow().weights(),
                        standardised(rows),
                        spec.plan(),
                        call.learningRate(),
                        call.seed(device));
        if (!(outcome instanceof TrainingOutcome.Trained trained)
                || !trained.delta().isFinite()) {
            return decline(call, Decline.Reason.DIVERGED);
        }
        Bytes delta;
        try {
            delta = feedback.encode(call, trained.delta(), codec.get(), call.seed(device));
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: round {1} is declined, the delta does not fit into the encoding: {2}",
                    call.federation(),
                    call.round(),
                    e.getMessage());
            return decline(call, Decline.Reason.DIVERGED);
        }
        EncodedVector vector = new EncodedVector(Role.DELTA, call.encoding().id(), delta);
        return update(call, trained.exampleCount(), List.of(vector), trained.correct(), trained.loss());
    }

    private DeviceMessage evaluate(RoundAnnouncement call) {
        if (schema().standardiser().isEmpty()) {
            return decline(call, Decline.Reason.UNSUPPORTED);
        }
        boolean trainer = member.role() == Presence.Role.TRAINER;
        List<RawExample> rows =
                trainer ? examples().testPart(schema()) : examples().all(schema());
        if (rows.isEmpty()) {
            return decline(call, Decline.Reason.TOO_FEW_EXAMPLES);
        }
        GlobalModel base = LocalSchema.localised(model.orElseThrow(), member);
        Evaluation evaluation = learner.predictors().apply(base).evaluate(rows);
        if (!evaluation.sums().isFinite()) {
            return decline(call, Decline.Reason.DIVERGED);
        }
        List<EncodedVector> vectors = new ArrayList<>();
        vectors.add(coded(call, trainer ? Role.OWN : Role.NEW, Counts.ID, evaluation.sums()));
        if (trainer && spec.plan().personalEpochs() > 0) {
            personalise(call, base, rows, vectors);
        }
        if (trainer && call.comparisons()) {
            compare(call, rows, vectors);
        }
        return update(call, rows.size(), vectors, 0, 0);
    }

    private void personalise(
            RoundAnnouncement call, GlobalModel base, List<RawExample> test, List<EncodedVector> vectors) {
        Optional<Weights> own = new Personalisation(learner, spec.plan(), call.learningRate(), call.seed(device))
                .fineTune(base, examples().trainPart(schema()));
        deviceModel.onChosen(model.orElseThrow(), own);
        GlobalModel chosen =
                own.map(weights -> Personalisation.with(base, weights)).orElse(base);
        add(call, Role.PERSONAL, learner.predictors().apply(chosen).evaluate(test), vectors);
    }

    private void compare(RoundAnnouncement call, List<RawExample> test, List<EncodedVector> vectors) {
        Comparisons comparisons = new Comparisons(device, spec, learner);
        List<RawExample> train = examples().trainPart(schema());
        if (!train.isEmpty()) {
            add(call, Role.LOCAL_ONLY, comparisons.localOnly(call, train, test), vectors);
        }
        comparisons.baseline(test).ifPresent(baseline -> add(call, Role.BASELINE, baseline, vectors));
    }

    private void add(RoundAnnouncement call, Role role, Evaluation evaluation, List<EncodedVector> vectors) {
        if (evaluation.sums().isFinite()) {
            vectors.add(coded(call, role, Counts.ID, evaluation.sums()));
        }
    }

    private EncodedVector coded(RoundAnnouncement call, Role role, int encoding, Vector vector) {
        return new EncodedVector(role, encoding, learner.codec(encoding).encode(vector, call.seed(device)));
    }

    private Update update(
            RoundAnnouncement call, int exampleCount, List<EncodedVector> vectors, long correct, double loss) {
        return new Update(
                call.round(),
                sequence.getAsLong(),
                call.baseVersion(),
                call.fingerprint(),
                call.kind(),
                exampleCount,
                vectors,
                correct,
                loss);
    }

    private static Decline decline(RoundAnnouncement call, Decline.Reason reason) {
        return new Decline(call.round(), reason);
    }

    private ModelSchema schema() {
        return spec.schema();
    }

    private ExampleSource examples() {
        return member.examples();
    }
}
