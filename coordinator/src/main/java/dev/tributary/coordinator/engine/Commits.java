package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.admission.VerdictLog;
import dev.tributary.coordinator.aggregation.StatisticsMerge;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.RoundEvent;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.Evaluation;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.RoundKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What becomes of a closed round: the next state of the model, a record of it, and what is told of it. */
final class Commits {
    private static final System.Logger LOG = System.getLogger(Commits.class.getName());

    private final FederationDefinition definition;
    private final ModelLine line;
    private final Board board;
    private final FederationStore store;
    private final FederationListener listener;
    private Optional<Instant> began = Optional.empty();
    private Optional<Instant> lastMetric = Optional.empty();

    Commits(
            FederationDefinition definition,
            ModelLine line,
            Board board,
            FederationStore store,
            FederationListener listener) {
        this.definition = definition;
        this.line = line;
        this.board = board;
        this.store = store;
        this.listener = listener;
    }

    /** A round was announced now. */
    void opened(Instant now) {
        began = began.or(() -> Optional.of(now));
    }

    /** Uses a round's sums; the answer is what the workflow needs to know. */
    RoundEvent commit(
            OpenRound round, String reason, RoundWork work, UploadCount uploads, VerdictLog verdicts, Instant now) {
        try {
            return switch (round.step()) {
                case STATISTICS -> standardise(round, reason, work, uploads, verdicts, now);
                case TRAIN -> train(round, reason, work, uploads, now);
                case EVALUATE, COMPARE -> evaluate(round, reason, work, uploads, now);
            };
        } catch (RuntimeException e) {
            // Whatever it is, the workflow needs an answer, or it waits for ever: the round counts as abandoned.
            LOG.log(System.Logger.Level.DEBUG, "round " + round.id() + " could not be committed", e);
            return new RoundEvent.CommitFailed("the round could not be committed: " + e.getMessage());
        }
    }

    private RoundEvent standardise(
            OpenRound round, String reason, RoundWork work, UploadCount uploads, VerdictLog verdicts, Instant now) {
        StatisticsMerge.Result result = work.statistics().result();
        result.rejected().forEach((device, detail) -> {
            settle(work, verdicts, device, Code.OUTLYING_STATISTICS, detail);
            listener.on(new FederationEvent.DeviceRejected(definition.id(), device, Code.OUTLYING_STATISTICS, detail));
        });
        work.contributors().stream()
                .filter(device -> !result.rejected().containsKey(device))
                .forEach(device -> settle(work, verdicts, device, Code.ACCEPTED, ""));
        long baseVersion = line.version();
        line.standardise(result, round.id(), now);
        board.put(line.spec());
        line.model().ifPresent(board::put);
        result.remarks().forEach(remark -> listener.on(new FederationEvent.Problem(definition.id(), remark)));
        record(round, reason, true, Optional.of(work), uploads, baseVersion, now);
        return new RoundEvent.Committed(result.rejected().keySet(), OptionalDouble.empty());
    }

    private RoundEvent train(OpenRound round, String reason, RoundWork work, UploadCount uploads, Instant now) {
        long baseVersion = line.version();
        board.put(line.train(work.deltas(), round.id(), now));
        record(round, reason, true, Optional.of(work), uploads, baseVersion, now);
        return new RoundEvent.Committed(Set.of(), OptionalDouble.empty());
    }

    private RoundEvent evaluate(OpenRound round, String reason, RoundWork work, UploadCount uploads, Instant now) {
        Map<Role, Evaluation> sums = new EnumMap<>(Role.class);
        for (Role role : List.of(Role.OWN, Role.NEW, Role.LOCAL_ONLY, Role.BASELINE)) {
            work.evaluations().sum(role).ifPresent(sum -> sums.put(role, sum));
        }
        EvaluationRecord evaluation = new EvaluationRecord(definition.id(), line.version(), round.trainRounds(), sums);
        store.saveEvaluation(evaluation);
        lastMetric = Optional.of(now);
        record(round, reason, true, Optional.of(work), uploads, line.version(), now);
        listener.on(new FederationEvent.Evaluated(evaluation, line.schema()));
        return new RoundEvent.Committed(Set.of(), score(line.schema(), evaluation));
    }

    /** Accuracy, or minus the mean RMSE in standard deviations: higher is better, and a tolerance means the same. */
    private static OptionalDouble score(ModelSchema schema, EvaluationRecord evaluation) {
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

    /** Tells the contributors of a STATISTICS round, who were not told yet, that nothing more is expected of them. */
    void release(RoundWork work, VerdictLog verdicts, String detail) {
        if (work.terms().announcement().kind() == RoundKind.STATISTICS) {
            work.contributors().forEach(device -> settle(work, verdicts, device, Code.ACCEPTED, detail));
        }
    }

    private void settle(RoundWork work, VerdictLog verdicts, DeviceId device, Code code, String detail) {
        Receipt receipt =
                new Receipt(definition.id(), work.terms().announcement().round(), code, detail, false);
        verdicts.note(device, receipt);
        board.answer(device, receipt);
    }

    void abandon(OpenRound round, String reason, Optional<RoundWork> work, UploadCount uploads, Instant now) {
        record(round, reason, false, work, uploads, line.version(), now);
    }

    private void record(
            OpenRound round,
            String reason,
            boolean committed,
            Optional<RoundWork> work,
            UploadCount uploads,
            long baseVersion,
            Instant now) {
        boolean isTraining = round.step().kind() == RoundKind.TRAIN;
        UploadCount.Taken taken = isTraining ? uploads.take() : new UploadCount.Taken(0, 0);
        RoundRecord closed = new RoundRecord(
                definition.id(),
                round.id(),
                round.step().kind(),
                baseVersion,
                committed,
                reason,
                round.openedAt(),
                now,
                work.map(done -> List.copyOf(done.contributors())).orElse(List.of()),
                round.selected().size(),
                round.count(OpenRound.Answer.DECLINED),
                round.count(OpenRound.Answer.REJECTED),
                committed && isTraining
                        ? OptionalDouble.of(work.orElseThrow().deltas().meanLoss())
                        : OptionalDouble.empty(),
                taken.bytes(),
                taken.float32Bytes());
        store.saveRound(closed);
        listener.on(new FederationEvent.RoundClosed(closed));
    }

    /** The federation ended. */
    void finish(Stop stop, FederationState state) {
        Duration duration = began.isPresent() && lastMetric.isPresent()
                ? Duration.between(began.get(), lastMetric.get())
                : Duration.ZERO;
        listener.on(new FederationEvent.Finished(
                definition.id(),
                line.schema(),
                stop.converged(),
                stop.reason(),
                state.trainRounds(),
                line.version(),
                state.fleet().devices().size(),
                store.evaluation(definition.id(), line.version()),
                duration,
                line.weightsSha256()));
    }
}
