package dev.tributary.coordinator.round;

import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.coordinator.round.FederationState.Measured;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.coordinator.selection.Selection;
import dev.tributary.model.TrainingPlan.Solver;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import org.pcollections.HashTreePSet;

/**
 * The workflow of a federation: STATISTICS, then TRAIN and EVALUATE in turn until the stopping criterion holds, then one
 * evaluation with comparisons. With the exact solver one SOLVE round takes the place of TRAIN and EVALUATE.
 *
 * <p>A round closes when every selected device that can be reached answered, at the goal, or at the deadline, each time
 * with at least the minimum of contributors; else it is abandoned and tried again, {@value #MAX_ATTEMPTS} times in all.
 *
 * <p>In asynchronous mode a TRAIN round stands for a version in the making: it is closed by the number of updates that
 * wait for the next version, whichever announcement they answer, and those of an abandoned one go on waiting.
 */
public final class RoundMachine {
    /** Attempts at one round before the federation reports a problem and pauses. */
    public static final int MAX_ATTEMPTS = 3;

    /** No coordinator gets this far; a greater number is nonsense and must not use up all numbers. */
    private static final long MAX_EARLIER_ROUND = 1L << 53;

    private final RoundPlan plan;
    private final Solver solver;
    private final NonceSource nonces;

    /** The workflow under this plan. */
    public RoundMachine(RoundPlan plan, Solver solver, NonceSource nonces) {
        this.plan = plan;
        this.solver = solver;
        this.nonces = nonces;
    }

    /** The workflow of a federation that learns by gradient descent. */
    public RoundMachine(RoundPlan plan, NonceSource nonces) {
        this(plan, Solver.SGD, nonces);
    }

    /** How the next version is made. */
    private Step learning() {
        return solver == Solver.EXACT ? Step.SOLVE : Step.TRAIN;
    }

    /** The state before anything happened. */
    public FederationState initial() {
        return FederationState.initial(plan.startWhen());
    }

    /**
     * A state that was put away, taken up again at {@code now}: an open round awaits who is online and did not answer, and
     * stays open no longer than a new one would; a federation that finished goes on if its plan now asks for more.
     *
     * @param buffered how many accepted updates wait for the next version
     */
    public FederationState resume(FederationState known, int buffered, Instant now) {
        FederationState stored = known.buffering(buffered);
        if (stored.openRound().isPresent()) {
            OpenRound round = stored.openRound().get();
            for (DeviceId device : round.selected()) {
                if (isEligible(stored.fleet(), device, round.step())) {
                    round = round.joinedBy(device);
                }
            }
            Instant latest = now.plus(plan.deadline());
            return stored.at(new Stage.Open(round.deadline().isAfter(latest) ? round.endingAt(latest) : round));
        }
        boolean isToGoOn =
                stored.isFinished() && solver == Solver.SGD && stop(stored).isEmpty();
        return isToGoOn
                ? stored.evaluated(stored.scores(), Optional.empty())
                        .next(Step.TRAIN, stored.trainRounds())
                        .at(new Stage.Waiting(minimum(Step.TRAIN)))
                : stored;
    }

    /** What {@code event} at {@code now} leads to. */
    public Transition apply(FederationState state, RoundEvent event, Instant now) {
        List<RoundEffect> effects = new ArrayList<>();
        FederationState next = after(state, event, now, effects);
        return new Transition(proceed(next, now, effects), effects);
    }

    private FederationState after(FederationState state, RoundEvent event, Instant now, List<RoundEffect> effects) {
        if (event instanceof RoundEvent.DeviceOnline online) {
            return online(state, online, now);
        } else if (event instanceof RoundEvent.DeviceAway away) {
            FederationState next = state.with(state.fleet().away(away.device(), away.status(), now));
            return onOpen(next, round -> round.leftBy(away.device()));
        } else if (event instanceof RoundEvent.Answered answered) {
            return answered(state, answered);
        } else if (event instanceof RoundEvent.Buffered buffered) {
            return heard(state, buffered.device()).buffering(state.buffered() + 1);
        } else if (event instanceof RoundEvent.BufferLost lost) {
            return bufferLost(state.buffering(0), lost.reason(), now, effects);
        } else if (event instanceof RoundEvent.EarlierRoundSeen seen) {
            boolean isFresh = state.stage() instanceof Stage.Waiting && state.attempt() == 0;
            boolean isAbove = seen.number() > state.roundNumber() && seen.number() <= MAX_EARLIER_ROUND;
            return isFresh && isAbove ? state.numbered(seen.number(), 0) : state;
        } else if (event instanceof RoundEvent.RoundLost lost) {
            return abandoned(state, state.openRound().orElseThrow(), lost.reason(), now, effects);
        } else if (event instanceof RoundEvent.ModelReplaced replaced) {
            return replaced(state, replaced.reason(), effects);
        } else if (event instanceof RoundEvent.Paused paused) {
            return state.paused(paused.paused());
        } else if (event instanceof RoundEvent.Committed committed) {
            return committed(state, committed, effects);
        } else if (event instanceof RoundEvent.Uploaded uploaded) {
            Measured before = state.measured();
            return state.measured(new Measured(before.metric(), before.bytesUp() + uploaded.bytes()));
        } else if (event instanceof RoundEvent.CommitFailed failed) {
            OpenRound round = committing(state);
            boolean isOfBuffer = isOfBuffer(round.step());
            return abandoned(isOfBuffer ? state.buffering(0) : state, round, failed.reason(), now, effects);
        }
        // Time alone: proceed() looks at it after every event.
        return state;
    }

    private FederationState online(FederationState state, RoundEvent.DeviceOnline event, Instant now) {
        DeviceId device = event.device();
        Fleet fleet = state.fleet().online(device, event.role(), event.exampleCount(), now);
        FederationState next = state.with(fleet);
        if (next.stage() instanceof Stage.Stalled) {
            return next.at(new Stage.Stalled(now));
        }
        return onOpen(
                next,
                round -> isEligible(fleet, device, round.step()) && round.selects(device)
                        ? round.joinedBy(device)
                        : round.leftBy(device));
    }

    private FederationState answered(FederationState state, RoundEvent.Answered event) {
        boolean isNew = state.openRound()
                .flatMap(round -> round.answer(event.device()))
                .filter(Answer.CONTRIBUTED::equals)
                .isEmpty();
        boolean isBuffered = isNew && isOfBuffer(state.step()) && event.answer() == Answer.CONTRIBUTED;
        FederationState next =
                heard(state, event.device()).buffering(isBuffered ? state.buffered() + 1 : state.buffered());
        return onOpen(next, round -> round.answered(event.device(), event.answer()));
    }

    private FederationState heard(FederationState state, DeviceId device) {
        return state.silent(state.silent().minus(device));
    }

    private FederationState bufferLost(FederationState state, String reason, Instant now, List<RoundEffect> effects) {
        Optional<OpenRound> training = state.openRound().filter(round -> round.step() == Step.TRAIN);
        return training.isPresent() ? abandoned(state, training.get(), reason, now, effects) : state;
    }

    /** Whether such a round is about the updates that wait for the next version, not about its own alone. */
    private boolean isOfBuffer(Step step) {
        return plan.isAsynchronous() && step == Step.TRAIN;
    }

    /**
     * Whether a version that is made now would be the last, or there will be none: then nothing is to wait for a next one.
     */
    public boolean isEnding(FederationState state) {
        return state.stop().isPresent()
                || (state.step() == Step.EVALUATE && stop(state).isPresent());
    }

    private Optional<Stop> stop(FederationState state) {
        return plan.stoppingCriterion().decide(state.learned());
    }

    /** One change of an open round. */
    private interface RoundChange {
        OpenRound apply(OpenRound round);
    }

    private static FederationState onOpen(FederationState state, RoundChange change) {
        return state.openRound()
                .map(round -> state.at(new Stage.Open(change.apply(round))))
                .orElse(state);
    }

    private FederationState proceed(FederationState state, Instant now, List<RoundEffect> effects) {
        if (state.stage() instanceof Stage.Open open) {
            return closeIfDone(state, open.round(), now, effects);
        } else if (state.stage() instanceof Stage.Waiting waiting) {
            return openIfPossible(state, waiting.needed(), now, effects);
        }
        boolean isTime =
                state.stage().opensAt().filter(until -> !now.isBefore(until)).isPresent();
        return isTime ? openIfPossible(state, minimum(state.step()), now, effects) : state;
    }

    private FederationState openIfPossible(FederationState state, int needed, Instant now, List<RoundEffect> effects) {
        if (state.paused()) {
            return state.at(new Stage.Waiting(needed));
        }
        int online = state.step().isForTrainers()
                ? state.fleet().onlineTrainerCount()
                : state.fleet().onlineEvaluatingCount();
        if (online < needed) {
            effects.add(new RoundEffect.Wait(online, needed));
            return state.at(new Stage.Waiting(needed));
        }
        boolean isNewRound = state.attempt() == 0;
        RoundId id = new RoundId(
                isNewRound ? Math.addExact(state.roundNumber(), 1) : state.roundNumber(), state.attempt() + 1);
        Selection selection = select(state.step(), id, eligible(state.fleet(), state.step()));
        Collection<DeviceId> awaited = awaited(state, selection.selected());
        OpenRound round = OpenRound.fresh(
                id,
                state.step(),
                selection.nonce(),
                selection.share(),
                state.trainRounds(),
                now,
                now.plus(plan.deadline()),
                selection.selected(),
                awaited);
        effects.add(new RoundEffect.Announce(round));
        boolean isNewCount = plan.isAsynchronous() && state.step() == Step.EVALUATE;
        return (isNewCount ? state.silent(HashTreePSet.from(state.fleet().onlineTrainers())) : state)
                .numbered(id.number(), id.attempt())
                .at(new Stage.Open(round));
    }

    /**
     * In asynchronous mode a device may train through many versions, and an evaluation does not wait for one that said
     * nothing since the evaluation before; the last one, with comparisons, does.
     */
    private static Collection<DeviceId> awaited(FederationState state, SortedSet<DeviceId> selected) {
        boolean isFirstAttempt = state.attempt() == 0;
        if (state.step() != Step.EVALUATE || !isFirstAttempt) {
            return selected;
        }
        List<DeviceId> awaited = selected.stream()
                .filter(device -> !state.silent().contains(device))
                .toList();
        return awaited.isEmpty() ? selected : awaited;
    }

    private Selection select(Step step, RoundId id, SortedSet<DeviceId> eligible) {
        OptionalInt goal = goal(step);
        return goal.isPresent() && !plan.isAsynchronous()
                ? Selection.forGoal(nonces.nonce(id), goal.getAsInt(), plan.overSelection(), eligible)
                : Selection.all(nonces.nonce(id), eligible);
    }

    private FederationState closeIfDone(
            FederationState state, OpenRound round, Instant now, List<RoundEffect> effects) {
        int contributors = contributions(state, round);
        int minimum = minimum(round.step());
        OptionalInt goal = goal(round.step());
        if (goal.isPresent() && contributors >= goal.getAsInt()) {
            return commit(state, round, "goal of " + goal.getAsInt() + " reached", effects);
        } else if (contributors >= minimum && round.isAnsweredByReachable()) {
            return commit(state, round, "all reachable devices answered", effects);
        } else if (round.isAnsweredByAll()) {
            return abandoned(state, round, shortfall(state, round, "all devices answered"), now, effects);
        } else if (now.isBefore(round.deadline())) {
            return state;
        } else if (contributors >= minimum) {
            return commit(state, round, "deadline", effects);
        }
        return abandoned(state, round, shortfall(state, round, "deadline"), now, effects);
    }

    /** What a round's goal and minimum are about. */
    private int contributions(FederationState state, OpenRound round) {
        return isOfBuffer(round.step()) ? state.buffered() : round.contributors();
    }

    private String shortfall(FederationState state, OpenRound round, String occasion) {
        String waiting = isOfBuffer(round.step()) ? ", " + state.buffered() + " updates wait" : "";
        return occasion + ": " + round.contributors() + " of "
                + round.selected().size() + " contributed ("
                + round.count(Answer.DECLINED) + " declined, " + round.count(Answer.REJECTED)
                + " rejected)" + waiting + ", the minimum is " + minimum(round.step());
    }

    private static FederationState commit(
            FederationState state, OpenRound round, String reason, List<RoundEffect> effects) {
        effects.add(new RoundEffect.Commit(round, reason));
        return state.at(new Stage.Committing(round));
    }

    private FederationState abandoned(
            FederationState state, OpenRound round, String reason, Instant now, List<RoundEffect> effects) {
        effects.add(new RoundEffect.Abandon(round, reason));
        if (state.attempt() < MAX_ATTEMPTS) {
            return openIfPossible(state, minimum(state.step()), now, effects);
        }
        String problem = "round " + round.id().number() + " (" + round.step() + ") failed " + MAX_ATTEMPTS
                + " times, at last: " + reason;
        FederationState renumbered = state.numbered(state.roundNumber(), 0);
        if (state.step() == Step.COMPARE) {
            effects.add(new RoundEffect.Report(problem + "; the federation ends without comparisons"));
            return finish(renumbered, effects);
        }
        effects.add(new RoundEffect.Report(
                problem + "; trying anew in " + plan.deadline().toSeconds() + " s or when a device comes online"));
        return renumbered.at(new Stage.Stalled(now.plus(plan.deadline())));
    }

    private FederationState committed(
            FederationState state, RoundEvent.Committed committed, List<RoundEffect> effects) {
        OpenRound round = committing(state);
        if (round.step() == Step.COMPARE) {
            return finish(state, effects);
        }
        FederationState next = switch (round.step()) {
            case STATISTICS ->
                state.with(state.fleet().rejecting(committed.outliers()))
                        .buffering(0)
                        .next(learning(), state.trainRounds());
            case TRAIN -> trained(isOfBuffer(Step.TRAIN) ? state.buffering(0) : state);
            case SOLVE -> solved(state);
            case EVALUATE, COMPARE -> evaluated(state, committed);
        };
        boolean isPaced = next.step() == Step.TRAIN && round.step() != Step.STATISTICS;
        Stage rest = new Stage.Resting(round.openedAt().plus(plan.pace()));
        return next.at(isPaced && !plan.pace().isZero() ? rest : new Stage.Waiting(minimum(next.step())));
    }

    private FederationState trained(FederationState state) {
        int trainRounds = state.trainRounds() + 1;
        FederationState next = state.next(Step.TRAIN, trainRounds);
        boolean isToEvaluate = stop(next).isPresent() || trainRounds % plan.evaluateEvery() == 0;
        return isToEvaluate ? next.next(Step.EVALUATE, trainRounds) : next;
    }

    private static FederationState solved(FederationState state) {
        Stop stop = new Stop(true, "the weights that fit best are found");
        return state.evaluated(state.scores(), Optional.of(stop)).next(Step.COMPARE, state.trainRounds() + 1);
    }

    private FederationState evaluated(FederationState state, RoundEvent.Committed committed) {
        List<Double> scores = new ArrayList<>(state.scores());
        committed.score().ifPresent(scores::add);
        FederationState scored = state.evaluated(scores, Optional.empty())
                .measured(new Measured(committed.metric(), state.measured().bytesUp()));
        Optional<Stop> stop = stop(scored);
        Step step = stop.isPresent() ? Step.COMPARE : learning();
        return scored.evaluated(scores, stop).next(step, state.trainRounds());
    }

    private static FederationState finish(FederationState state, List<RoundEffect> effects) {
        effects.add(new RoundEffect.Finish(state.stop().orElseThrow()));
        return state.at(new Stage.Finished());
    }

    private FederationState replaced(FederationState before, String reason, List<RoundEffect> effects) {
        FederationState state = before.buffering(0);
        state.openRound().ifPresent(round -> effects.add(new RoundEffect.Abandon(round, reason)));
        boolean isRunning = state.step() != Step.STATISTICS && !state.isFinished();
        return isRunning
                ? state.next(Step.EVALUATE, state.trainRounds()).at(new Stage.Waiting(minimum(Step.EVALUATE)))
                : state;
    }

    private static OpenRound committing(FederationState state) {
        if (state.stage() instanceof Stage.Committing committing) {
            return committing.round();
        }
        throw new IllegalStateException("stage must be Committing, was " + state.stage());
    }

    private static SortedSet<DeviceId> eligible(Fleet fleet, Step step) {
        return step.isForTrainers() ? fleet.onlineTrainers() : fleet.onlineEvaluating();
    }

    private static boolean isEligible(Fleet fleet, DeviceId id, Step step) {
        return fleet.device(id)
                .filter(device -> device.online() && (step.isForTrainers() ? device.trains() : device.evaluates()))
                .isPresent();
    }

    private int minimum(Step step) {
        return step.isForTrainers() ? plan.minimum() : 1;
    }

    private OptionalInt goal(Step step) {
        return step == Step.TRAIN ? plan.goal() : OptionalInt.empty();
    }
}
