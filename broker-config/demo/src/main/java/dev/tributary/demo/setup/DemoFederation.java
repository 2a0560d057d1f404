package dev.tributary.demo.setup;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The demo's federation.
 *
 * @param plan what the user wants of the plan and of its rounds, key to value; the coordinator has defaults for the rest
 * @param trainRounds stop after so many; empty: when it no longer gets better
 */
public record DemoFederation(
        FleetDescription fleet, Map<String, String> plan, OptionalInt trainRounds, OptionalLong seed) {
    /** Its name, in topics and commands. */
    public static final String NAME = "demo";
    /** A slow machine may take this long over a round; a device that is gone is noticed by its presence, much earlier. */
    static final int DEADLINE_SECONDS = 120;

    /** What {@code plan} may say about rounds, which have a section of their own in the file. */
    private static final Set<String> ROUND_KEYS =
            Set.of("mode", "goal", "minimum", "deadline", "maximumStaleness", "evaluateEvery");

    /** What {@code plan} may say about when to stop. */
    private static final Set<String> STOP_KEYS =
            Set.of("patience", "tolerance", "maximumRounds", "target", "maximumBytes");

    public DemoFederation {
        plan = Collections.unmodifiableMap(new LinkedHashMap<>(plan));
    }

    /** The federation's file for the coordinator. */
    public String yaml() {
        Map<String, String> training = new LinkedHashMap<>(plan);
        training.keySet().removeAll(ROUND_KEYS);
        training.keySet().removeAll(STOP_KEYS);
        Map<String, String> rounds = new LinkedHashMap<>();
        rounds.put("goal", "all");
        rounds.put("deadline", DEADLINE_SECONDS + "s");
        rounds.putAll(plan);
        rounds.keySet().retainAll(ROUND_KEYS);
        return new FederationYaml(NAME, fleet, training, rounds, stop(), seed).text();
    }

    private String stop() {
        Map<String, String> stop = new LinkedHashMap<>();
        trainRounds.ifPresent(rounds -> stop.put("trainRounds", Integer.toString(rounds)));
        plan.forEach((key, value) -> {
            if (STOP_KEYS.contains(key)) {
                stop.put(key, Yaml.quoted(value));
            }
        });
        if (stop.isEmpty()) {
            return "{patience: 5, tolerance: 0.002, maximumRounds: 200}";
        }
        StringJoiner yaml = new StringJoiner(", ", "{", "}");
        stop.forEach((key, value) -> yaml.add(key + ": " + value));
        return yaml.toString();
    }
}
