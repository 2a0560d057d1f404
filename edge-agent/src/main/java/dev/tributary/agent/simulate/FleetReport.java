package dev.tributary.agent.simulate;

import dev.tributary.model.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Says what a fleet is: as a tree for JSON, and in a few lines for a person. */
public record FleetReport(FleetData data, Optional<NewDevices> newDevices, Optional<ByzantineDevices> byzantine) {
    private static final int SHOWN_PROBLEMS = 12;

    /** A fleet of honest devices. */
    public FleetReport(FleetData data, Optional<NewDevices> newDevices) {
        this(data, newDevices, Optional.empty());
    }

    /** The positions of Byzantine devices; throws {@link UnusableDataException} when there are too few others. */
    public Set<Integer> byzantinePositions() {
        List<Integer> trainers = IntStream.range(0, data.devices().size())
                .filter(position -> !isNew(position))
                .boxed()
                .toList();
        return byzantine.map(plan -> plan.among(trainers)).orElse(Set.of());
    }

    /** Whether the device at this position is evaluated as a new one. */
    public boolean isNew(int position) {
        return newDevices.filter(rule -> rule.includes(position)).isPresent();
    }

    /** The number of devices that train. */
    public int trainerCount() {
        int trainers = 0;
        for (int i = 0; i < data.devices().size(); i++) {
            trainers += isNew(i) ? 0 : 1;
        }
        return trainers;
    }

    /** The description as maps, lists and scalars, in the order to be written. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("simulated", data.simulated());
        tree.put("task", data.task().name());
        tree.put("target", data.target());
        tree.put("time", data.time().orElse(null));
        tree.put(
                "features",
                data.features().stream()
                        .map(feature -> ordered("name", feature.name(), "unit", feature.unit()))
                        .toList());
        tree.put("outputs", data.outputs());
        tree.put("guessed", data.guessed());
        tree.put("devices", devices());
        tree.put(
                "problems",
                data.problems().stream()
                        .map(problem -> ordered("file", problem.file(), "problem", problem.problem()))
                        .toList());
        return tree;
    }

    private List<Object> devices() {
        Set<Integer> hostile = byzantinePositions();
        List<Object> devices = new ArrayList<>();
        for (int i = 0; i < data.devices().size(); i++) {
            Map<String, Object> device =
                    ordered("id", data.devices().get(i).id().value(), "role", isNew(i) ? "EVALUATOR" : "TRAINER");
            if (hostile.contains(i)) {
                device.put("byzantine", byzantine.orElseThrow().attack().word());
            }
            devices.add(device);
        }
        return devices;
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }

    /** The description for a person. */
    public List<String> toLines() {
        List<String> lines = new ArrayList<>();
        int devices = data.devices().size();
        int fresh = devices - trainerCount();
        lines.add(String.format(
                Locale.ROOT,
                "%d devices%s, %,d rows, %d features, %s",
                devices,
                fresh == 0 ? "" : " (" + trainerCount() + " train, " + fresh + " are new)",
                data.rowCount(),
                data.features().size(),
                data.task() == Task.CLASSIFICATION
                        ? data.outputs().size() + " labels"
                        : "to predict: " + String.join(", ", data.outputs())));
        byzantine.ifPresent(plan -> lines.add(plan.count() + " of the devices that train are Byzantine, "
                + plan.attack().word() + "; they evaluate nothing"));
        lines.add(data.guessed());
        data.problems().stream()
                .limit(SHOWN_PROBLEMS)
                .forEach(problem -> lines.add(problem.file() + ": " + problem.problem()));
        if (data.problems().size() > SHOWN_PROBLEMS) {
            lines.add("and " + (data.problems().size() - SHOWN_PROBLEMS) + " more problems; --describe lists all");
        }
        return lines;
    }
}
