package dev.tributary.demo.setup;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * A federation's file for the coordinator.
 *
 * @param plan fields of the training plan, key to value; the coordinator has defaults for the rest
 * @param rounds the same for how rounds open and close; all training devices must be there before the first
 * @param stop the stopping criterion as a YAML mapping
 */
public record FederationYaml(
        String name,
        FleetDescription fleet,
        Map<String, String> plan,
        Map<String, String> rounds,
        String stop,
        OptionalLong seed) {
    public FederationYaml {
        plan = Collections.unmodifiableMap(new LinkedHashMap<>(plan));
        rounds = Collections.unmodifiableMap(new LinkedHashMap<>(rounds));
    }

    /** The file's text. */
    public String text() {
        StringBuilder yaml = new StringBuilder(1_024)
                .append("federation: ")
                .append(name)
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
        if (!plan.isEmpty()) {
            yaml.append("plan:\n");
            plan.forEach((key, value) -> append(yaml, key, value));
        }
        yaml.append("rounds:\n");
        rounds.forEach((key, value) -> append(yaml, key, value));
        yaml.append("  startWhen: ")
                .append(fleet.trainers())
                .append("\n  stop: ")
                .append(stop)
                .append('\n');
        seed.ifPresent(value -> yaml.append("seed: ").append(value).append('\n'));
        return yaml.toString();
    }

    private static void append(StringBuilder yaml, String key, String value) {
        yaml.append("  ")
                .append(Yaml.quoted(key))
                .append(": ")
                .append(Yaml.quoted(value))
                .append('\n');
    }
}
