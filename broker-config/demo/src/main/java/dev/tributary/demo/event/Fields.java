package dev.tributary.demo.event;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A JSON object read leniently: what is missing has a harmless default. */
public final class Fields {
    private final Map<String, Object> values;

    private Fields(Map<String, Object> values) {
        this.values = values;
    }

    /** The object in this text; empty when the text is no JSON object. */
    public static Optional<Fields> parse(String text) {
        try {
            return text.stripLeading().startsWith("{")
                    ? Optional.of(new Fields(JSON.std.mapFrom(text)))
                    : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** The text of this name, or of the number or flag there; empty text when missing. */
    public String text(String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString();
    }

    /** The whole number of this name; 0 when missing. */
    public long whole(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** The number of this name; empty when missing or not finite. */
    public OptionalDouble number(String name) {
        return new Scores(values).get(name);
    }

    /** Whether the flag of this name is set. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** The texts in the list of this name; none when missing. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }

    /** The objects in the list of this name; none when missing. */
    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(item -> map(item).ifPresent(map -> objects.add(new Fields(map))));
        }
        return objects;
    }

    /** The metrics in the object of this name; empty when missing or null. */
    public Optional<Scores> scores(String name) {
        return map(values.get(name)).map(Scores::new);
    }

    private static Optional<Map<String, Object>> map(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), item));
        return Optional.of(copy);
    }
}
