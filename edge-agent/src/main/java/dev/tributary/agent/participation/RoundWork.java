package dev.tributary.agent.participation;

import dev.tributary.agent.examples.ExampleSource;
import dev.tributary.codec.Codec;
import dev.tributary.codec.Counts;
import dev.tributary.codec.Float64;
import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.TrainingOutcome;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Vector;
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
 * @param model the base version; not used by STATISTICS
 * @param sequence numbers the contributions
 */
record RoundWork(
        DeviceId device,
        Member member,
        FederationSpec spec,
        Optional<GlobalModel> model,
        Learner learner,
        LongSupplier sequence) {

    DeviceMessage answer(RoundAnnouncement call) {
        return switch (call.kind()) {
            case STATISTICS -> statistics(call);
            case TRAIN -> train(call);
            case EVALUATE -> evaluate(call);
            case SOLVE -> decline(call, Decline.Reason.UNSUPPORTED);
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
                        Examples.standardised(schema(), rows),
                        spec.plan(),
                        call.learningRate(),
                        call.seed(device));
        if (!(outcome instanceof TrainingOutcome.Trained trained)
                || !trained.delta().isFinite()) {
            return decline(call, Decline.Reason.DIVERGED);
        }
        Bytes delta = codec.get().encode(trained.delta(), call.seed(device));
        EncodedVector vector = new EncodedVector(Role.DELTA, call.encoding(), delta);
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
        Evaluation evaluation = learner.predictors().apply(model.orElseThrow()).evaluate(rows);
        if (!evaluation.sums().isFinite()) {
            return decline(call, Decline.Reason.DIVERGED);
        }
        List<EncodedVector> vectors = new ArrayList<>();
        vectors.add(coded(call, trainer ? Role.OWN : Role.NEW, Counts.ID, evaluation.sums()));
        if (trainer && call.comparisons()) {
            compare(call, rows, vectors);
        }
        return update(call, rows.size(), vectors, 0, 0);
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
