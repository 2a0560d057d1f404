package dev.tributary.protocol;

import dev.tributary.update.DeviceId;

/**
 * What a device tells of itself now and then, without anybody waiting for it.
 *
 * @param sentBytes in the last 24 hours, everything on its link included
 * @param receivedBytes the same the other way
 */
public record DeviceMetrics(DeviceId device, long sentBytes, long receivedBytes) {
    public DeviceMetrics {
        if (sentBytes < 0 || receivedBytes < 0) {
            throw new IllegalArgumentException("bytes must be >= 0, were " + sentBytes + " and " + receivedBytes);
        }
    }
}
