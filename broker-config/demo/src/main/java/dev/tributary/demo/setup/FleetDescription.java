package dev.tributary.demo.setup;

import dev.tributary.demo.event.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code simulate --describe} tells about a fleet.
 *
 * @param simulated whether the readings come from the built-in plant or a toy example
 * @param task {@code classification} or {@code regression}
 * @param guessed what was guessed from the files, in one sentence
 * @param trainers how many devices contribute
 * @param evaluators how many devices only evaluate
 * @param byzantine the names of hostile devices, which are among those that contribute
 * @param problems files that are left out, each with its reason
 */
public record FleetDescription(
        boolean simulated,
        String task,
        List<Column> features,
        List<String> outputs,
        String guessed,
        int trainers,
        int evaluators,
        Set<String> byzantine,
        List<String> problems) {
    /** One feature. */
    public record Column(String name, String unit) {}

    public FleetDescription {
        features = List.copyOf(features);
        outputs = List.copyOf(outputs);
        byzantine = Set.copyOf(byzantine);
        problems = List.copyOf(problems);
    }

    /** Reads the JSON object; empty when the line is none. */
    public static Optional<FleetDescription> parse(String line) {
        return Fields.parse(line)
                .filter(fields -> !fields.objects("devices").isEmpty()
                        || !fields.texts("outputs").isEmpty())
                .map(FleetDescription::of);
    }

    private static FleetDescription of(Fields fields) {
        List<Fields> devices = fields.objects("devices");
        int evaluators = (int) devices.stream()
                .filter(device -> device.text("role").equals("EVALUATOR"))
                .count();
        return new FleetDescription(
                fields.flag("simulated"),
                fields.text("task").toLowerCase(Locale.ROOT),
                fields.objects("features").stream()
                        .map(feature -> new Column(feature.text("name"), feature.text("unit")))
                        .toList(),
                fields.texts("outputs"),
                fields.text("guessed"),
                devices.size() - evaluators,
                evaluators,
                devices.stream()
                        .filter(device -> !device.text("byzantine").isEmpty())
                        .map(device -> device.text("id"))
                        .collect(Collectors.toSet()),
                fields.objects("problems").stream()
                        .map(problem -> problem.text("file") + ": " + problem.text("problem"))
                        .toList());
    }

    /** The number of devices. */
    public int devices() {
        return trainers + evaluators;
    }
}
