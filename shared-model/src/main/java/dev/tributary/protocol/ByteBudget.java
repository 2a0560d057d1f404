package dev.tributary.protocol;

import java.time.Duration;

/**
 * What a device may send and receive, everything included, and how it is to live within that.
 *
 * @param bytesPerDay in any 24 hours, both ways, > 0; a device that has used them up declines rounds
 * @param keepAlive of its connection, at least, in whole seconds
 * @param metricsInterval from one word on its traffic to the next, in whole seconds
 * @param modelsWhenCalled whether a device fetches a model only when a round calls it
 */
public record ByteBudget(long bytesPerDay, Duration keepAlive, Duration metricsInterval, boolean modelsWhenCalled) {
    public ByteBudget {
        if (bytesPerDay < 1) {
            throw new IllegalArgumentException("bytesPerDay must be >= 1, was " + bytesPerDay);
        }
        if (keepAlive.toSeconds() < 1 || metricsInterval.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "keepAlive and metricsInterval must be >= 1 s, were " + keepAlive + " and " + metricsInterval);
        }
    }
}
