package dev.tributary.coordinator.web;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Quarantine;
import dev.tributary.coordinator.store.AnswerTally;
import dev.tributary.coordinator.store.DeviceRound;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Devices, and their part in rounds, as JSON. */
final class DeviceJson {
    private DeviceJson() {}

    static Map<String, Object> device(Device device, AnswerTally answers) {
        Instant lastSeen = answers.newestAnswer()
                .filter(newest -> newest.isAfter(device.statusSince()))
                .orElse(device.statusSince());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("device", device.id().value());
        json.put("status", device.status().name());
        json.put("since", device.statusSince().toString());
        json.put("lastSeen", lastSeen.toString());
        json.put("role", device.role().name());
        json.put("examples", device.exampleCount());
        json.put("statisticsRejected", device.statisticsRejected());
        json.put("quarantine", device.quarantine().map(DeviceJson::quarantine).orElse(null));
        json.put("selected", answers.selected());
        json.put("contributed", answers.contributed());
        json.put("rejected", RoundJson.byName(answers.rejected()));
        json.put("declined", RoundJson.byName(answers.declined()));
        return json;
    }

    private static Map<String, Object> quarantine(Quarantine quarantine) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("since", quarantine.since().toString());
        json.put("reason", quarantine.reason());
        return json;
    }

    static Map<String, Object> round(Device device, DeviceRound round) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", round.announcement().round().toString());
        json.put("round", round.announcement().round().number());
        json.put("attempt", round.announcement().round().attempt());
        json.put("kind", round.announcement().kind().name());
        json.put("openedAt", round.openedAt().toString());
        json.put("outcome", RoundJson.outcome(round.closed()));
        json.put("explanation", Explanation.of(device, round));
        return json;
    }
}
