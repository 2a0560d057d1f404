package dev.tributary.agent.participation;

import dev.tributary.protocol.RoundAnnouncement;
import java.util.Optional;

/** Where a device stands in its federation's rounds. */
sealed interface RoundState {
    /** No call that concerns the device is open. */
    record Idle() implements RoundState {}

    /**
     * Called, and not answered: the work waits for its turn, for the specification or for the base version.
     *
     * @param expiresNanos when, by the session's clock, the round's deadline has passed at the latest
     */
    record Called(RoundAnnouncement call, long expiresNanos) implements RoundState {
        boolean isOver(long nowNanos) {
            return nowNanos - expiresNanos >= 0;
        }
    }

    /** Answered; the update is published again after a lost connection until its receipt comes. */
    record AwaitingReceipt(Answer answer) implements RoundState {}

    /** Answered, and nothing more is awaited. */
    record Settled(Answer answer) implements RoundState {}

    /** The state after this answer. */
    static RoundState of(Answer answer) {
        return answer.settled() ? new Settled(answer) : new AwaitingReceipt(answer);
    }

    /** The answer, if this is a state after one. */
    default Optional<Answer> answered() {
        if (this instanceof AwaitingReceipt awaiting) {
            return Optional.of(awaiting.answer());
        }
        return this instanceof Settled settled ? Optional.of(settled.answer()) : Optional.empty();
    }
}
