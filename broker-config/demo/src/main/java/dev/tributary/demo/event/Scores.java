package dev.tributary.demo.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The metrics of one evaluation by name, as the coordinator computed them. */
public record Scores(Map<String, Object> values) {
    public Scores {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The metric of this name; empty when it is missing or no finite number. */
    public OptionalDouble get(String name) {
        return values.get(name) instanceof Number number && Double.isFinite(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
