package dev.tributary.coordinator.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists of objects in a JSON answer. */
final class Lists {
    private Lists() {}

    /** The objects in the list of this name. */
    static List<Map<?, ?>> of(Map<String, Object> json, String name) throws IOException {
        if (!(json.get(name) instanceof List<?> list)) {
            throw new IOException("the coordinator's answer must have a list \"" + name + "\", had " + json.keySet());
        }
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object one : list) {
            if (one instanceof Map<?, ?> map) {
                objects.add(map);
            }
        }
        return objects;
    }
}
