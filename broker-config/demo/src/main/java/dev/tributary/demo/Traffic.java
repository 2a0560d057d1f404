package dev.tributary.demo;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bytes of PUBLISH packets, fixed header to payload, as the devices counted them and as the broker did.
 *
 * @param up sent by devices for TRAIN
 * @param upFloat32 the same publishes with float32 vectors
 * @param upOther all others that devices sent
 * @param down received by devices
 * @param brokerFromDevices received by the broker from devices
 * @param brokerToDevices sent by the broker to devices
 */
record Traffic(long up, long upFloat32, long upOther, long down, long brokerFromDevices, long brokerToDevices) {
    private static final String CLIENT = "tributary_publish_bytes_total";
    private static final String BROKER = "tributary_broker_publish_bytes_total";

    static Traffic fetch(String fleetUrl, String brokerUrl) throws IOException, InterruptedException {
        PrometheusText fleet = PrometheusText.fetch(fleetUrl + "/metrics");
        PrometheusText broker = PrometheusText.fetch(brokerUrl + "/metrics");
        return new Traffic(
                fleet.sum(CLIENT, Map.of("direction", "sent", "kind", "train")),
                fleet.sum("tributary_publish_float32_bytes_total", Map.of()),
                fleet.sum(CLIENT, Map.of("direction", "sent", "kind", "!train")),
                fleet.sum(CLIENT, Map.of("direction", "received")),
                broker.sum(BROKER, Map.of("role", "device", "direction", "received")),
                broker.sum(BROKER, Map.of("role", "device", "direction", "sent")));
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("bytesUp", up);
        map.put("bytesUpFloat32", upFloat32);
        map.put("bytesUpOther", upOther);
        map.put("bytesDown", down);
        map.put("brokerBytesFromDevices", brokerFromDevices);
        map.put("brokerBytesToDevices", brokerToDevices);
        return map;
    }
}
