package dev.tributary.coordinator.round;

import dev.tributary.coordinator.federation.StoppingCriterion.Learned;
import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.update.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/**
 * All that the workflow of one federation remembers.
 *
 * @param step what the open round does, or the next one
 * @param roundNumber of the newest round; 0 before the first
 * @param attempt at that round; 0 when the next round has a new number
 * @param trainRounds TRAIN rounds that were committed
 * @param scores of the versions evaluated so far, higher is better
 * @param stop the decision to stop, once it fell
 * @param buffered asynchronous: accepted updates that wait for the next version
 * @param measured what was measured of the model and of the way to it
 * @param silent asynchronous: trainers that were not heard of since the last EVALUATE round opened; it is no loss to
 *     forget them
 * @param paused whether no round is to be opened
 */
public record FederationState(
        Stage stage,
        Step step,
        long roundNumber,
        int attempt,
        int trainRounds,
        List<Double> scores,
        Optional<Stop> stop,
        Fleet fleet,
        int buffered,
        Measured measured,
        PSet<DeviceId> silent,
        boolean paused) {
    /**
     * What stopping criteria ask for, beside scores.
     *
     * @param metric of the newest evaluated version, in its own unit; not kept here, but with its evaluation
     * @param bytesUp PUBLISH packets of TRAIN updates that were received
     */
    public record Measured(OptionalDouble metric, long bytesUp) {
        /** Nothing so far. */
        public static final Measured NOTHING = new Measured(OptionalDouble.empty(), 0);
    }

    public FederationState {
        scores = List.copyOf(scores);
    }

    /** A state in which no update waits for a version. */
    public FederationState(
            Stage stage,
            Step step,
            long roundNumber,
            int attempt,
            int trainRounds,
            List<Double> scores,
            Optional<Stop> stop,
            Fleet fleet) {
        this(
                stage,
                step,
                roundNumber,
                attempt,
                trainRounds,
                scores,
                stop,
                fleet,
                0,
                Measured.NOTHING,
                HashTreePSet.empty(),
                false);
    }

    /** Before the first round, waiting for {@code startWhen} trainers. */
    public static FederationState initial(int startWhen) {
        return new FederationState(
                new Stage.Waiting(startWhen), Step.STATISTICS, 0, 0, 0, List.of(), Optional.empty(), Fleet.empty());
    }

    /** The open round, if one is open. */
    public Optional<OpenRound> openRound() {
        return stage instanceof Stage.Open open ? Optional.of(open.round()) : Optional.empty();
    }

    /** Whether the federation ended. */
    public boolean isFinished() {
        return stage instanceof Stage.Finished;
    }

    FederationState at(Stage next) {
        return with(next, step, roundNumber, attempt, trainRounds);
    }

    FederationState numbered(long number, int nextAttempt) {
        return with(stage, step, number, nextAttempt, trainRounds);
    }

    FederationState next(Step nextStep, int nextTrainRounds) {
        return with(stage, nextStep, roundNumber, 0, nextTrainRounds);
    }

    private FederationState with(
            Stage nextStage, Step nextStep, long nextNumber, int nextAttempt, int nextTrainRounds) {
        return new FederationState(
                nextStage,
                nextStep,
                nextNumber,
                nextAttempt,
                nextTrainRounds,
                scores,
                stop,
                fleet,
                buffered,
                measured,
                silent,
                paused);
    }

    FederationState with(Fleet next) {
        return new FederationState(
                stage, step, roundNumber, attempt, trainRounds, scores, stop, next, buffered, measured, silent, paused);
    }

    FederationState evaluated(List<Double> nextScores, Optional<Stop> nextStop) {
        return new FederationState(
                stage,
                step,
                roundNumber,
                attempt,
                trainRounds,
                nextScores,
                nextStop,
                fleet,
                buffered,
                measured,
                silent,
                paused);
    }

    FederationState buffering(int nextBuffered) {
        return new FederationState(
                stage,
                step,
                roundNumber,
                attempt,
                trainRounds,
                scores,
                stop,
                fleet,
                nextBuffered,
                measured,
                silent,
                paused);
    }

    FederationState silent(PSet<DeviceId> nextSilent) {
        return new FederationState(
                stage,
                step,
                roundNumber,
                attempt,
                trainRounds,
                scores,
                stop,
                fleet,
                buffered,
                measured,
                nextSilent,
                paused);
    }

    /** The same with other measurements. */
    public FederationState measured(Measured next) {
        return new FederationState(
                stage, step, roundNumber, attempt, trainRounds, scores, stop, fleet, buffered, next, silent, paused);
    }

    /** The same, paused or not. */
    public FederationState paused(boolean isPaused) {
        return new FederationState(
                stage,
                step,
                roundNumber,
                attempt,
                trainRounds,
                scores,
                stop,
                fleet,
                buffered,
                measured,
                silent,
                isPaused);
    }

    /** What a stopping criterion decides by. */
    Learned learned() {
        return new Learned(trainRounds, scores, measured.metric(), measured.bytesUp());
    }
}
