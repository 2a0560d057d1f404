package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.aggregation.AggregatedDelta;
import dev.tributary.coordinator.aggregation.ExactRegression;
import dev.tributary.coordinator.aggregation.StatisticsMerge;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.RoundEvent;
import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.FederationMemory;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.coordinator.store.StoreUnavailableException;
import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
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
    private final UnitOfWork unit;
    private final AnswerDesk desk;
    private final UploadCount uploads;
    private final Optional<Buffer> buffer;
    private final FederationListener listener;
    private Optional<Instant> began;
    private Optional<EvaluationRecord> evaluation;
    private long uploaded;

    Commits(
            FederationDefinition definition,
            ModelLine line,
            Board board,
            UnitOfWork unit,
            AnswerDesk desk,
            UploadCount uploads,
            Optional<Buffer> buffer,
            FederationListener listener,
            Optional<FederationMemory> memory) {
        this.definition = definition;
        this.line = line;
        this.board = board;
        this.unit = unit;
        this.desk = desk;
        this.uploads = uploads;
        this.buffer = buffer;
        this.listener = listener;
        this.began = memory.flatMap(FederationMemory::beganAt);
        this.evaluation = memory.flatMap(FederationMemory::evaluation);
    }

    /** A round was announced now. */
    void opened(Instant now) {
        began = began.or(() -> Optional.of(now));
    }

    /** Uses a round's sums; the answer is what the workflow needs to know. */
    RoundEvent commit(OpenRound round, String reason, RoundWork work, Instant now) {
        UnitOfWork.Mark mark = unit.mark();
        try {
            return switch (round.step()) {
                case STATISTICS -> standardise(round, reason, work, now);
                case TRAIN ->
                    buffer.isPresent() ? train(round, reason, buffer.get(), now) : train(round, reason, work, now);
                case SOLVE -> solve(round, reason, work, now);
                case EVALUATE, COMPARE -> evaluate(round, reason, work, now);
            };
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever it is, the workflow needs an answer, or it waits for ever: the round counts as abandoned.
            LOG.log(System.Logger.Level.DEBUG, "round " + round.id() + " could not be committed", e);
            unit.backTo(mark);
            String problem = "the round could not be committed: " + e.getMessage();
            if (round.step() == Step.TRAIN) {
                // What cannot be made a version now could never be.
                buffer.ifPresent(waiting -> waiting.drop(problem));
            }
            return new RoundEvent.CommitFailed(problem);
        }
    }

    private RoundEvent standardise(OpenRound round, String reason, RoundWork work, Instant now) {
        StatisticsMerge.Result result = work.statistics().result();
        long baseVersion = line.version();
        line.standardise(result, round.id(), now);
        for (DeviceId device : contributors(round)) {
            Optional<String> outlying = Optional.ofNullable(result.rejected().get(device));
            Code code = outlying.isPresent() ? Code.OUTLYING_STATISTICS : Code.ACCEPTED;
            desk.settle(round.id(), device, code, outlying.orElse(""));
            outlying.ifPresent(
                    detail -> listener.on(new FederationEvent.DeviceRejected(definition.id(), device, code, detail)));
        }
        board.put(line.spec());
        line.model().ifPresent(model -> board.put(model, line.word()));
        result.remarks().forEach(remark -> listener.on(new FederationEvent.Problem(definition.id(), remark)));
        buffer.ifPresent(waiting -> waiting.replaced(line.version(), "the schema changed"));
        record(round, reason, true, OptionalDouble.empty(), baseVersion, contributors(round), now);
        return new RoundEvent.Committed(result.rejected().keySet(), OptionalDouble.empty());
    }

    private RoundEvent train(OpenRound round, String reason, RoundWork work, Instant now) {
        long baseVersion = line.version();
        AggregatedDelta result = work.deltas().result();
        GlobalModel next = line.train(result.mean(), round.id(), now);
        board.put(next, line.word());
        result.leftOut().forEach((device, why) -> desk.leaveOut(round.id(), device, why));
        List<DeviceId> contributors = contributors(round);
        String counted = result.leftOut().isEmpty()
                ? ""
                : "; " + result.leftOut().size() + " of " + contributors.size() + " updates were left out";
        record(round, reason + counted, true, OptionalDouble.of(result.meanLoss()), baseVersion, contributors, now);
        if (!result.leftOut().isEmpty()) {
            listener.on(new FederationEvent.UpdatesLeftOut(definition.id(), round.id(), result.leftOut()));
        }
        return new RoundEvent.Committed(Set.of(), OptionalDouble.empty());
    }

    /** The version counts what waited for it, whichever announcement that answered. */
    private RoundEvent train(OpenRound round, String reason, Buffer waiting, Instant now) {
        long baseVersion = line.version();
        double loss = waiting.deltas().meanLoss();
        GlobalModel next = line.train(waiting.deltas().mean(), round.id(), now);
        board.put(next, line.word());
        record(round, reason, true, OptionalDouble.of(loss), baseVersion, waiting.contributors(), now);
        waiting.counted(next.version());
        return new RoundEvent.Committed(Set.of(), OptionalDouble.empty());
    }

    private RoundEvent solve(OpenRound round, String reason, RoundWork work, Instant now) {
        ExactRegression.Solution solution = work.regression().solve();
        long baseVersion = line.version();
        GlobalModel next = line.solve(solution.weights(), round.id(), now);
        board.put(next, line.word());
        String ridge = "; ridge " + solution.ridge() + (solution.isChosen() ? ", chosen by cross-validation" : "");
        record(round, reason + ridge, true, OptionalDouble.of(solution.loss()), baseVersion, contributors(round), now);
        return new RoundEvent.Committed(Set.of(), OptionalDouble.empty());
    }

    private RoundEvent evaluate(OpenRound round, String reason, RoundWork work, Instant now) {
        Map<Role, Evaluation> sums = new EnumMap<>(Role.class);
        for (Role role : List.of(Role.OWN, Role.NEW, Role.LOCAL_ONLY, Role.BASELINE, Role.PERSONAL)) {
            work.evaluations().sum(role).ifPresent(sum -> sums.put(role, sum));
        }
        EvaluationRecord record = new EvaluationRecord(definition.id(), line.version(), round.trainRounds(), sums, now);
        unit.change(new Change.SaveEvaluation(record));
        evaluation = Optional.of(record);
        record(round, reason, true, OptionalDouble.empty(), line.version(), contributors(round), now);
        listener.on(new FederationEvent.Evaluated(record, line.schema()));
        return new RoundEvent.Committed(
                Set.of(), Scoring.score(line.schema(), record), Scoring.metric(line.schema(), record));
    }

    /**
     * Forgets a round; contributors of statistics, who were not told yet, learn that nothing more is expected of them. What
     * waits for a version goes on waiting.
     */
    void abandon(OpenRound round, String reason, Instant now) {
        if (round.step() == Step.STATISTICS) {
            contributors(round)
                    .forEach(device -> desk.settle(round.id(), device, Code.ACCEPTED, "the round was abandoned"));
        }
        boolean isOfBuffer = buffer.isPresent() && round.step() == Step.TRAIN;
        List<DeviceId> contributors = isOfBuffer ? List.of() : contributors(round);
        record(round, reason, false, OptionalDouble.empty(), line.version(), contributors, now);
    }

    private static List<DeviceId> contributors(OpenRound round) {
        return round.answers().entrySet().stream()
                .filter(entry -> entry.getValue() == OpenRound.Answer.CONTRIBUTED)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private void record(
            OpenRound round,
            String reason,
            boolean committed,
            OptionalDouble loss,
            long baseVersion,
            List<DeviceId> contributors,
            Instant now) {
        UploadCount.Taken taken = isLearning(round.step().kind()) ? uploads.take() : UploadCount.Taken.NOTHING;
        uploaded += taken.bytes();
        RoundRecord closed = new RoundRecord(
                definition.id(),
                round.id(),
                round.step().kind(),
                baseVersion,
                committed,
                reason,
                round.openedAt(),
                now,
                contributors,
                round.selected().size(),
                round.count(OpenRound.Answer.DECLINED),
                round.count(OpenRound.Answer.REJECTED),
                loss,
                taken.bytes(),
                taken.float32Bytes());
        unit.change(new Change.CloseRound(closed));
        listener.on(new FederationEvent.RoundClosed(closed));
    }

    private static boolean isLearning(RoundKind kind) {
        return kind == RoundKind.TRAIN || kind == RoundKind.SOLVE;
    }

    /** The bytes of TRAIN and SOLVE updates to rounds that closed since this was last asked; empty when there were none. */
    Optional<RoundEvent> uploaded() {
        long bytes = uploaded;
        uploaded = 0;
        return bytes == 0 ? Optional.empty() : Optional.of(new RoundEvent.Uploaded(bytes));
    }

    /** The federation ended. */
    void finish(Stop stop, FederationState state) {
        Duration duration = began.isPresent() && evaluation.isPresent()
                ? Duration.between(began.get(), evaluation.get().evaluatedAt())
                : Duration.ZERO;
        listener.on(new FederationEvent.Finished(
                definition.id(),
                line.schema(),
                stop.converged(),
                stop.reason(),
                state.trainRounds(),
                line.version(),
                state.fleet().devices().size(),
                evaluation.filter(record -> record.version() == line.version()),
                duration,
                line.weightsSha256()));
    }
}
