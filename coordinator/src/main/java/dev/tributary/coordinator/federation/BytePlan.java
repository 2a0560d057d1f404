package dev.tributary.coordinator.federation;

import dev.tributary.codec.Codecs;
import dev.tributary.protocol.Encoding;
import java.time.Duration;
import java.util.Locale;

/**
 * How a federation lives within a byte budget, and what that is expected to cost each device in 24 hours.
 *
 * @param encoding of deltas
 * @param modelEncoding of versions; none when devices fetch full models as they are called
 * @param evaluateEvery so many TRAIN rounds
 * @param keepAlive of devices' connections
 * @param modelsWhenCalled whether devices fetch models only when they are called
 * @param connectionBytes to be reachable: probes, reconnections, the device's own metrics
 * @param roundBytes of announcements, updates, evaluations and receipts
 * @param modelBytes of versions
 */
public record BytePlan(
        Encoding encoding,
        Encoding modelEncoding,
        int evaluateEvery,
        Duration keepAlive,
        boolean modelsWhenCalled,
        long connectionBytes,
        long roundBytes,
        long modelBytes) {
    /** So many keep-alives after each other a device tells of its traffic. */
    static final int KEEP_ALIVES_A_WORD = 10;

    /** From one word of a device on its traffic to the next. */
    public Duration metricsInterval() {
        return keepAlive.multipliedBy(KEEP_ALIVES_A_WORD);
    }

    /** Everything together. */
    public long bytesPerDay() {
        return connectionBytes + roundBytes + modelBytes;
    }

    @Override
    public String toString() {
        String name = Codecs.of(encoding).orElseThrow().name();
        return String.format(
                Locale.ROOT,
                "%,d bytes expected for each device and day (connection %,d, rounds %,d, models %,d):"
                        + " keep-alive %d s, %s, an evaluation every %d rounds, models for %s",
                bytesPerDay(),
                connectionBytes,
                roundBytes,
                modelBytes,
                keepAlive.toSeconds(),
                encoding.step() > 0 ? name + " with step " + encoding.step() : name,
                evaluateEvery,
                modelsWhenCalled ? "devices that are called" : "all devices");
    }
}
