package dev.tributary.demo.report;

/** Bytes of PUBLISH packets, fixed header to payload, as the broker counted them. */
public record BrokerTraffic(long fromDevices, long toDevices, long fromCoordinator, long toCoordinator) {
    /** Reads the broker's metrics. */
    public static BrokerTraffic of(PrometheusText metrics) {
        return new BrokerTraffic(
                bytes(metrics, "device", "received"),
                bytes(metrics, "device", "sent"),
                bytes(metrics, "coordinator", "received"),
                bytes(metrics, "coordinator", "sent"));
    }

    private static long bytes(PrometheusText metrics, String role, String direction) {
        return metrics.sum(
                "tributary_broker_publish_bytes_total",
                sample -> sample.has("role", role) && sample.has("direction", direction));
    }
}
