package dev.tributary.broker;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the launcher tells HiveMQ's {@code config.xml} and our extension, by the names that a container sets in its environment.
 *
 * @param metrics where the broker's metrics are served; port 0 for nowhere
 * @param networks from where devices may connect, as the extension understands it
 * @param coordinatorNetworks from where coordinators may connect
 */
record BrokerSettings(Endpoint mqtt, Endpoint metrics, boolean inMemory, String networks, String coordinatorNetworks) {
    /** The settings as properties of the process, which HiveMQ and the extension read before the environment. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("TRIBUTARY_BROKER_HOST", mqtt.host());
        properties.put("TRIBUTARY_BROKER_PORT", Integer.toString(mqtt.port()));
        properties.put("TRIBUTARY_BROKER_PERSISTENCE", inMemory ? "in-memory" : "file");
        properties.put("TRIBUTARY_BROKER_METRICS_HOST", metrics.host());
        properties.put("TRIBUTARY_BROKER_METRICS_PORT", Integer.toString(metrics.port()));
        properties.put("TRIBUTARY_BROKER_NETWORKS", networks);
        properties.put("TRIBUTARY_BROKER_COORDINATOR_NETWORKS", coordinatorNetworks);
        return properties;
    }
}
