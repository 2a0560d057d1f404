package dev.tributary.coordinator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codecs;
import dev.tributary.coordinator.federation.Budget;
import dev.tributary.coordinator.federation.BytePlan;
import dev.tributary.protocol.DeviceMetrics;
import dev.tributary.protocol.Encoding;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FleetTrafficTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.EPOCH;
    private final FleetTraffic traffic = new FleetTraffic(registry, () -> now);

    @Test
    void told_isMeasuredOverTheFleet_andForgottenAfterADay() {
        traffic.told(new DeviceMetrics(new DeviceId("a"), 100, 200));
        traffic.told(new DeviceMetrics(new DeviceId("b"), 400, 500));
        now = now.plus(Duration.ofHours(20));
        traffic.told(new DeviceMetrics(new DeviceId("a"), 50, 50));
        assertThat(achieved("mean")).isEqualTo(500);
        assertThat(achieved("max")).isEqualTo(900);
        assertThat(achieved("devices")).isEqualTo(2);
        now = now.plus(Duration.ofHours(20));
        assertThat(achieved("max")).isEqualTo(100);
        assertThat(registry.getMeters()).as("no meter for each device").hasSize(3);
    }

    @Test
    void watch_tellsWhatWasChosen() {
        BytePlan plan = new BytePlan(Codecs.DITHER, Encoding.NONE, 5, Duration.ofMinutes(5), false, 1_000, 200, 30);
        traffic.watch(new FederationId("plant"), new Budget(5_000, 24, plan));
        assertThat(chosen("limit")).isEqualTo(5_000);
        assertThat(chosen("connection") + chosen("rounds") + chosen("models")).isEqualTo((double) plan.bytesPerDay());
    }

    private double achieved(String statistic) {
        return registry.get("tributary.device.day.bytes")
                .tag("statistic", statistic)
                .gauge()
                .value();
    }

    private double chosen(String part) {
        return registry.get("tributary.budget.bytes")
                .tags("federation", "plant", "part", part)
                .gauge()
                .value();
    }
}
