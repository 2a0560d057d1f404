package dev.tributary.agent.simulate;

import dev.tributary.model.Feature;
import dev.tributary.model.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a fleet is made of.
 *
 * @param simulated whether the rows were made here, by the built-in plant or an example
 * @param target the column that holds what is predicted; several are joined by commas
 * @param time the column that orders the rows
 * @param outputs the labels, or the names of the predicted quantities
 * @param guessed one line that says what was not told but concluded
 * @param devices in the order of their file names
 */
public record FleetData(
        boolean simulated,
        Task task,
        String target,
        Optional<String> time,
        List<Feature> features,
        List<String> outputs,
        String guessed,
        List<DeviceData> devices,
        List<DataProblem> problems) {
    public FleetData {
        features = List.copyOf(features);
        outputs = List.copyOf(outputs);
        devices = List.copyOf(devices);
        problems = List.copyOf(problems);
    }

    /** The same with these devices alone, or with all when none is named. */
    public FleetData only(List<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        List<DeviceData> chosen = devices.stream()
                .filter(device -> names.contains(device.id().value()))
                .toList();
        if (chosen.size() != Set.copyOf(names).size()) {
            List<String> known =
                    devices.stream().map(device -> device.id().value()).toList();
            String unknown = names.stream()
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .orElse("");
            throw new UnusableDataException("there is no device \"" + unknown + "\"; see --only");
        }
        return new FleetData(simulated, task, target, time, features, outputs, guessed, chosen, problems);
    }

    /** The number of rows of all devices. */
    public long rowCount() {
        return devices.stream().mapToLong(device -> device.rows().size()).sum();
    }
}
