package dev.tributary.broker.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExtensionSettingsTest {
    @Test
    void read_nothing_defaults() {
        ExtensionSettings settings = ExtensionSettings.read(name -> null);

        assertThat(settings.networks()).isEqualTo(Networks.parse("loopback,private"));
        assertThat(settings.coordinatorNetworks()).isEqualTo(Networks.parse("loopback"));
        assertThat(settings.monitorNetworks()).isEqualTo(Networks.parse("loopback"));
        assertThat(settings.maxDevicePublishBytes()).isEqualTo(1_048_576);
        assertThat(settings.metricsHost()).isEqualTo("127.0.0.1");
        assertThat(settings.metricsPort()).isZero();
    }

    @Test
    void read_everything_isUsed() {
        Map<String, String> given = Map.of(
                "TRIBUTARY_BROKER_NETWORKS", "any",
                "TRIBUTARY_BROKER_COORDINATOR_NETWORKS", "10.0.0.1",
                "TRIBUTARY_BROKER_MONITOR_NETWORKS", "private",
                "TRIBUTARY_BROKER_MAX_DEVICE_PUBLISH_BYTES", "4096",
                "TRIBUTARY_BROKER_METRICS_HOST", "0.0.0.0",
                "TRIBUTARY_BROKER_METRICS_PORT", "9100");

        assertThat(ExtensionSettings.read(given::get))
                .isEqualTo(new ExtensionSettings(
                        Networks.parse("any"),
                        Networks.parse("10.0.0.1"),
                        Networks.parse("private"),
                        4096,
                        "0.0.0.0",
                        9100));
    }

    @Test
    void read_brokenNumber_isNamed() {
        assertThatThrownBy(() -> ExtensionSettings.read(Map.of("TRIBUTARY_BROKER_METRICS_PORT", "70000")::get))
                .hasMessage("TRIBUTARY_BROKER_METRICS_PORT must be a number from 0 to 65535, was \"70000\"");
        assertThatThrownBy(() -> ExtensionSettings.read(Map.of("TRIBUTARY_BROKER_MAX_DEVICE_PUBLISH_BYTES", "-1")::get))
                .hasMessageContaining("must be a number");
    }
}
