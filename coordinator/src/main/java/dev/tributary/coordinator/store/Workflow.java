package dev.tributary.coordinator.store;

import dev.tributary.coordinator.federation.StoppingCriterion.Stop;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.FederationState.Measured;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Stage;
import dev.tributary.coordinator.round.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A federation's state without its devices and its open round, which are kept by themselves.
 *
 * @param needed devices that a waiting federation needs; 0 in other stages
 * @param retryAt when a stalled federation tries anew, or a resting one goes on; empty in other stages
 * @param bytesUp PUBLISH packets of TRAIN updates that were received
 * @param paused whether no round is to be opened
 */
public record Workflow(
        Phase phase,
        int needed,
        Optional<Instant> retryAt,
        Step step,
        long roundNumber,
        int attempt,
        int trainRounds,
        List<Double> scores,
        Optional<Stop> stop,
        long bytesUp,
        boolean paused) {
    /** The stages that can be kept; committing is over, or did not begin, when something is kept. */
    public enum Phase {
        WAITING,
        OPEN,
        STALLED,
        RESTING,
        FINISHED
    }

    public Workflow {
        scores = List.copyOf(scores);
    }

    /** What is to be kept of this state. */
    public static Workflow of(FederationState state) {
        Stage stage = state.stage();
        return new Workflow(
                phase(stage),
                stage instanceof Stage.Waiting waiting ? waiting.needed() : 0,
                stage.opensAt(),
                state.step(),
                state.roundNumber(),
                state.attempt(),
                state.trainRounds(),
                state.scores(),
                state.stop(),
                state.measured().bytesUp(),
                state.paused());
    }

    private static Phase phase(Stage stage) {
        if (stage instanceof Stage.Waiting) {
            return Phase.WAITING;
        } else if (stage instanceof Stage.Open) {
            return Phase.OPEN;
        } else if (stage instanceof Stage.Stalled) {
            return Phase.STALLED;
        } else if (stage instanceof Stage.Resting) {
            return Phase.RESTING;
        } else if (stage instanceof Stage.Finished) {
            return Phase.FINISHED;
        }
        throw new IllegalArgumentException("stage must not be Committing when it is kept");
    }

    /** The whole state; an open phase needs its round. */
    public FederationState toState(Fleet fleet, Optional<OpenRound> round) {
        Stage stage = switch (phase) {
            case WAITING -> new Stage.Waiting(needed);
            case OPEN -> new Stage.Open(round.orElseThrow());
            case STALLED -> new Stage.Stalled(retryAt.orElseThrow());
            case RESTING -> new Stage.Resting(retryAt.orElseThrow());
            case FINISHED -> new Stage.Finished();
        };
        return new FederationState(stage, step, roundNumber, attempt, trainRounds, scores, stop, fleet)
                .measured(new Measured(OptionalDouble.empty(), bytesUp))
                .paused(paused);
    }
}
