package dev.tributary.coordinator.round;

import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.registry.Fleet;
import java.util.List;
import java.util.Optional;

/**
 * All that the workflow of one federation remembers.
 *
 * @param step what the open round does, or the next one
 * @param roundNumber of the newest round; 0 before the first
 * @param attempt at that round; 0 when the next round has a new number
 * @param trainRounds TRAIN rounds that were committed
 * @param scores of the versions evaluated so far, higher is better
 * @param stop the decision to stop, once it fell
 */
public record FederationState(
        Stage stage,
        Step step,
        long roundNumber,
        int attempt,
        int trainRounds,
        List<Double> scores,
        Optional<Stop> stop,
        Fleet fleet) {
    public FederationState {
        scores = List.copyOf(scores);
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
        return new FederationState(next, step, roundNumber, attempt, trainRounds, scores, stop, fleet);
    }

    FederationState with(Fleet next) {
        return new FederationState(stage, step, roundNumber, attempt, trainRounds, scores, stop, next);
    }

    FederationState numbered(long number, int nextAttempt) {
        return new FederationState(stage, step, number, nextAttempt, trainRounds, scores, stop, fleet);
    }

    FederationState next(Step nextStep, int nextTrainRounds) {
        return new FederationState(stage, nextStep, roundNumber, 0, nextTrainRounds, scores, stop, fleet);
    }

    FederationState evaluated(List<Double> nextScores, Optional<Stop> nextStop) {
        return new FederationState(stage, step, roundNumber, attempt, trainRounds, nextScores, nextStop, fleet);
    }
}
