package dev.tributary.coordinator.metrics;

import dev.tributary.coordinator.federation.Budget;
import dev.tributary.protocol.DeviceMetrics;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * What devices say that they sent and received in 24 hours, beside what was planned: over the fleet, never a meter for
 * each device. Safe for use by many threads.
 */
public final class FleetTraffic {
    private static final String ACHIEVED = "tributary.device.day.bytes";
    private static final String CHOSEN = "tributary.budget.bytes";
    private static final Duration FRESH = Duration.ofDays(1);

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<DeviceId, Word> words = new ConcurrentHashMap<>();

    /** What a device said last. */
    private record Word(long bytes, Instant at) {}

    /** Meters in this registry, of words that are at most a day old by this clock. */
    public FleetTraffic(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        achieved("mean", fleet -> fleet.bytes().average().orElse(0));
        achieved("max", fleet -> fleet.bytes().max().orElse(0));
        achieved("devices", fleet -> fleet.bytes().count());
    }

    private void achieved(String statistic, ToDoubleFunction<FleetTraffic> value) {
        Gauge.builder(ACHIEVED, this, value)
                .tag("statistic", statistic)
                .strongReference(true)
                .register(registry);
    }

    private LongStream bytes() {
        Instant oldest = clock.instant().minus(FRESH);
        words.values().removeIf(word -> word.at().isBefore(oldest));
        return words.values().stream().mapToLong(Word::bytes);
    }

    /** A federation's devices are to live within this budget. */
    public void watch(FederationId federation, Budget budget) {
        chosen(federation, "limit", budget.bytesPerDay());
        chosen(federation, "connection", budget.plan().connectionBytes());
        chosen(federation, "rounds", budget.plan().roundBytes());
        chosen(federation, "models", budget.plan().modelBytes());
    }

    private void chosen(FederationId federation, String part, long bytes) {
        Gauge.builder(CHOSEN, () -> bytes)
                .tag("federation", federation.value())
                .tag("part", part)
                .strongReference(true)
                .register(registry);
    }

    /** A device told of itself. */
    public void told(DeviceMetrics metrics) {
        words.put(metrics.device(), new Word(metrics.sentBytes() + metrics.receivedBytes(), clock.instant()));
    }
}
