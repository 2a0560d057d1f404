package dev.tributary.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What {@code simulate --describe} says about the fleet. */
record FleetDescription(
        boolean simulated,
        String task,
        String target,
        List<Map<String, Object>> features,
        List<Object> outputs,
        String guessed,
        List<Map<String, Object>> devices,
        List<Map<String, Object>> problems) {
    @SuppressWarnings("unchecked") // the shape is simulate's promise; a broken one fails here, at once
    static FleetDescription parse(String json) throws IOException {
        Map<String, Object> map = JSON.std.mapFrom(json);
        return new FleetDescription(
                Boolean.TRUE.equals(map.get("simulated")),
                String.valueOf(map.get("task")),
                String.valueOf(map.get("target")),
                (List<Map<String, Object>>) map.get("features"),
                (List<Object>) map.get("outputs"),
                String.valueOf(map.get("guessed")),
                (List<Map<String, Object>>) map.get("devices"),
                (List<Map<String, Object>>) map.getOrDefault("problems", List.of()));
    }

    long trainers() {
        return devices.stream()
                .filter(device -> "TRAINER".equals(device.get("role")))
                .count();
    }

    long newDevices() {
        return devices.size() - trainers();
    }
}
