package dev.tributary.demo.report;

/**
 * Bytes of the devices' PUBLISH packets, fixed header to payload, as the fleet counted them.
 *
 * @param up updates of TRAIN rounds
 * @param upFloat32 the same with float32 vectors
 * @param upOther all else that the devices sent
 * @param down all that they received
 */
public record FleetTraffic(long up, long upFloat32, long upOther, long down) {
    private static final String BYTES = "tributary_publish_bytes_total";

    /** Reads the fleet's metrics. */
    public static FleetTraffic of(PrometheusText metrics) {
        return new FleetTraffic(
                metrics.sum(BYTES, sample -> sample.has("direction", "sent") && sample.has("kind", "train")),
                metrics.sum("tributary_publish_float32_bytes_total", sample -> true),
                metrics.sum(BYTES, sample -> sample.has("direction", "sent") && !sample.has("kind", "train")),
                metrics.sum(BYTES, sample -> sample.has("direction", "received")));
    }
}
