package dev.tributary.coordinator.round;

import dev.tributary.coordinator.federation.StoppingCriterion.Stop;

/** What the workflow wants done, in order. */
public sealed interface RoundEffect {
    /** Announce this round and take contributions to it. */
    record Announce(OpenRound round) implements RoundEffect {}

    /** Take no more contributions, use them, and answer with {@code Committed} or {@code CommitFailed}. */
    record Commit(OpenRound round, String reason) implements RoundEffect {}

    /** Take no more contributions and forget them. */
    record Abandon(OpenRound round, String reason) implements RoundEffect {}

    /** Tell that the federation waits for devices. */
    record Wait(int online, int needed) implements RoundEffect {}

    /** Tell what goes wrong. */
    record Report(String problem) implements RoundEffect {}

    /** The federation ended. */
    record Finish(Stop stop) implements RoundEffect {}
}
