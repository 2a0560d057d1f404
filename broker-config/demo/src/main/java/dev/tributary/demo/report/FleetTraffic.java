package dev.tributary.demo.report;

/**
 * Bytes of the devices' PUBLISH packets, fixed header to payload, as the fleet counted them.
 *
 * @param up updates of TRAIN and SOLVE rounds
 * @param upFloat32 the same with float32 vectors
 * @param upOther all else that the devices sent
 * @param down all that they received
 */
public record FleetTraffic(long up, long upFloat32, long upOther, long down) {
    private static final String BYTES = "tributary_publish_bytes_total";

    /** Reads the fleet's metrics. */
    public static FleetTraffic of(PrometheusText metrics) {
        return new FleetTraffic(
                metrics.sum(BYTES, sample -> sample.has("direction", "sent") && isUpdate(sample)),
                metrics.sum("tributary_publish_float32_bytes_total", sample -> true),
                metrics.sum(BYTES, sample -> sample.has("direction", "sent") && !isUpdate(sample)),
                metrics.sum(BYTES, sample -> sample.has("direction", "received")));
    }

    private static boolean isUpdate(PrometheusText.Sample sample) {
        return sample.has("kind", "train") || sample.has("kind", "solve");
    }
}
