package dev.tributary.coordinator.web;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.store.DeviceRound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Devices, and their part in rounds, as JSON. */
final class DeviceJson {
    private DeviceJson() {}

    static Map<String, Object> device(Device device) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("device", device.id().value());
        json.put("status", device.status().name());
        json.put("since", device.statusSince().toString());
        json.put("role", device.role().name());
        json.put("examples", device.exampleCount());
        json.put("statisticsRejected", device.statisticsRejected());
        return json;
    }

    /** With its rounds, newest first. */
    static Map<String, Object> device(Device device, List<DeviceRound> rounds) {
        Map<String, Object> json = device(device);
        json.put("rounds", rounds.stream().map(round -> round(device, round)).toList());
        return json;
    }

    private static Map<String, Object> round(Device device, DeviceRound round) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("round", round.announcement().round().number());
        json.put("attempt", round.announcement().round().attempt());
        json.put("kind", round.announcement().kind().name());
        json.put("openedAt", round.openedAt().toString());
        json.put(
                "outcome",
                round.closed()
                        .map(closed -> closed.committed() ? "COMMITTED" : "ABANDONED")
                        .orElse("OPEN"));
        json.put("explanation", Explanation.of(device, round));
        return json;
    }
}
