package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.Stage;

/**
 * What can be asked of a federation at any time.
 *
 * @param stage waiting, open, committing, stalled, resting or finished
 * @param step what it does or waits to do
 * @param buffered accepted updates that wait for the next version of an asynchronous federation
 * @param paused whether no round is to be opened
 */
public record FederationStatus(
        String stage,
        String step,
        long round,
        int attempt,
        int trainRounds,
        int online,
        int known,
        int buffered,
        boolean paused) {
    /** Before anything is known. */
    static FederationStatus unknown() {
        return new FederationStatus("starting", "", 0, 0, 0, 0, 0, 0, false);
    }

    static FederationStatus of(FederationState state) {
        return new FederationStatus(
                word(state.stage()),
                state.step().name(),
                state.roundNumber(),
                state.attempt(),
                state.trainRounds(),
                state.fleet().onlineCount(),
                state.fleet().devices().size(),
                state.buffered(),
                state.paused());
    }

    private static String word(Stage stage) {
        if (stage instanceof Stage.Waiting) {
            return "waiting";
        } else if (stage instanceof Stage.Open) {
            return "open";
        } else if (stage instanceof Stage.Committing) {
            return "committing";
        }
        if (stage instanceof Stage.Resting) {
            return "resting";
        }
        return stage instanceof Stage.Stalled ? "stalled" : "finished";
    }
}
