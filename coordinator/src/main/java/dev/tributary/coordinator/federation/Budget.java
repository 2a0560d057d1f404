package dev.tributary.coordinator.federation;

import dev.tributary.protocol.ByteBudget;
import java.time.Duration;

/**
 * What each device may send and receive in 24 hours, and the plan that keeps it.
 *
 * @param bytesPerDay both ways, everything on the link included
 * @param roundsPerDay TRAIN rounds at most
 */
public record Budget(long bytesPerDay, int roundsPerDay, BytePlan plan) {
    private static final Duration DAY = Duration.ofDays(1);

    /** What devices are told of it. */
    public ByteBudget forDevices() {
        return new ByteBudget(bytesPerDay, plan.keepAlive(), plan.metricsInterval(), plan.modelsWhenCalled());
    }

    RoundPlan paced(RoundPlan rounds) {
        Duration even = DAY.dividedBy(roundsPerDay);
        return rounds.paced(even.compareTo(rounds.pace()) > 0 ? even : rounds.pace(), plan.evaluateEvery());
    }
}
