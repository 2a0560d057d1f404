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

    public DemoFederation {
        plan = Collections.unmodifiableMap(new LinkedHashMap<>(plan));
    }

    /** The federation's file for the coordinator. */
    public String yaml() {
        StringBuilder yaml = new StringBuilder(1_024)
                .append("federation: ")
                .append(NAME)
                .append("\ntask: ")
                .append(fleet.task())
                .append("\nfeatures:\n");
        for (FleetDescription.Column column : fleet.features()) {
            yaml.append("  - {name: ").append(Yaml.quoted(column.name()));
            if (!column.unit().isEmpty()) {
                yaml.append(", unit: ").append(Yaml.quoted(column.unit()));
            }
            yaml.append("}\n");
        }
        StringJoiner outputs = new StringJoiner(", ", "outputs: [", "]\n");
        fleet.outputs().forEach(output -> outputs.add(Yaml.quoted(output)));
        yaml.append(outputs);
        Map<String, String> training = new LinkedHashMap<>(plan);
        training.keySet().removeAll(ROUND_KEYS);
        if (!training.isEmpty()) {
            yaml.append("plan:\n");
            training.forEach((key, value) -> append(yaml, key, Yaml.quoted(value)));
        }
        Map<String, String> rounds = new LinkedHashMap<>();
        rounds.put("goal", "all");
        rounds.put("minimum", "1");
        rounds.put("deadline", DEADLINE_SECONDS + "s");
        rounds.putAll(plan);
        rounds.keySet().retainAll(ROUND_KEYS);
        yaml.append("rounds:\n");
        rounds.forEach((key, value) -> append(yaml, key, Yaml.quoted(value)));
        yaml.append("  startWhen: ")
                .append(fleet.trainers())
                .append("\n  stop: ")
                .append(stop())
                .append('\n');
        seed.ifPresent(value -> yaml.append("seed: ").append(value).append('\n'));
        return yaml.toString();
    }

    private static void append(StringBuilder yaml, String key, String value) {
        yaml.append("  ").append(Yaml.quoted(key)).append(": ").append(value).append('\n');
    }

    private String stop() {
        return trainRounds.isPresent()
                ? "{trainRounds: " + trainRounds.getAsInt() + "}"
                : "{patience: 5, tolerance: 0.002, maximumRounds: 200}";
    }
}
