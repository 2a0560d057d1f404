package dev.tributary.coordinator.engine;

import java.time.Duration;

/**
 * How much of a federation's past is kept.
 *
 * @param versions at most
 * @param age at most
 */
public record History(int versions, Duration age) {
    /** A thousand versions, ten years. */
    public static final History DEFAULT = new History(1000, Duration.ofDays(3650));

    public History {
        if (versions < 1) {
            throw new IllegalArgumentException("versions must be >= 1, was " + versions);
        }
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age must be > 0, was " + age);
        }
    }
}
