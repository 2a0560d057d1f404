package dev.tributary.demo.child;

import java.util.Map;
import java.util.Set;

/** What children see of our environment. */
final class ChildEnvironment {
    private static final String OURS = "TRIBUTARY_";
    private static final Set<String> KEPT = Set.of(
            "TRIBUTARY_JAVA_OPTS",
            "TRIBUTARY_LOG_LEVEL",
            // The sums of an exact regression over many features are larger than what the broker takes by default.
            "TRIBUTARY_BROKER_MAX_DEVICE_PUBLISH_BYTES");

    private ChildEnvironment() {}

    /** Our own variables override configuration files, and a run must mean what its arguments say: only harmless ones stay. */
    static void apply(Map<String, String> environment) {
        environment.keySet().removeIf(key -> key.startsWith(OURS) && !KEPT.contains(key));
        environment.put("TRIBUTARY_NO_BUILD", "1");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }
}
