package dev.tributary.coordinator.app;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Objects of a coordinator's answers, told as a table or as JSON. */
final class Listing {
    private final String name;
    private final List<Map<String, Object>> objects = new ArrayList<>();

    /** A list that JSON has under this name. */
    Listing(String name) {
        this.name = name;
    }

    /** Adds what a federation's answer has. */
    void add(String federation, Map<String, Object> object) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("federation", federation);
        named.putAll(object);
        objects.add(named);
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    /** As JSON all there is, as a table these fields; a dot leads into an object. */
    void tell(PrintWriter out, boolean json, String... fields) throws IOException {
        if (json) {
            json(out, Map.of(name, objects));
            return;
        }
        TextTable table =
                new TextTable(Arrays.stream(fields).map(Listing::heading).toArray(String[]::new));
        for (Map<String, Object> object : objects) {
            table.add(
                    Arrays.stream(fields).map(field -> cell(at(object, field))).toArray());
        }
        out.print(table);
    }

    /** One line of JSON. */
    static void json(PrintWriter out, Object object) throws IOException {
        out.println(JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(object));
    }

    /** What a path of fields leads to; null when there is nothing. */
    static Object at(Map<?, ?> object, String field) {
        Object value = object;
        for (String level : field.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(level) : null;
        }
        return value;
    }

    /** The words of the last level. */
    private static String heading(String field) {
        return field.substring(field.lastIndexOf('.') + 1)
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .toUpperCase(Locale.ROOT);
    }

    private static Object cell(Object value) {
        if (value instanceof Map<?, ?> counts) {
            return counts.isEmpty()
                    ? null
                    : counts.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", "));
        }
        return value instanceof Double number ? String.format(Locale.ROOT, "%.4f", number) : value;
    }
}
