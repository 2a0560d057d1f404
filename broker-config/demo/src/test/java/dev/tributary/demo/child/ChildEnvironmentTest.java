package dev.tributary.demo.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
    @Test
    void apply_dropsWhatOverridesConfiguration_keepsTheRest() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", "/bin",
                "TRIBUTARY_BROKER_URI", "tcp://elsewhere:1883",
                "TRIBUTARY_SEED", "7",
                "TRIBUTARY_BROKER_MAX_DEVICE_PUBLISH_BYTES", "17000000",
                "TRIBUTARY_JAVA_OPTS", "-Xmx1g"));
        ChildEnvironment.apply(environment);
        assertThat(environment)
                .containsEntry("PATH", "/bin")
                .containsEntry("TRIBUTARY_JAVA_OPTS", "-Xmx1g")
                .containsEntry("TRIBUTARY_BROKER_MAX_DEVICE_PUBLISH_BYTES", "17000000")
                .containsEntry("TRIBUTARY_NO_BUILD", "1")
                .containsEntry("JAVA_HOME", System.getProperty("java.home"))
                .doesNotContainKeys("TRIBUTARY_BROKER_URI", "TRIBUTARY_SEED");
    }
}
