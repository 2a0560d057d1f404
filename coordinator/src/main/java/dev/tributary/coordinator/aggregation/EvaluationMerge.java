package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Evaluation;
import dev.tributary.model.Task;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The evaluations of an EVALUATE round by role, summed in device order. Not thread-safe. */
public final class EvaluationMerge {
    private final Task task;
    private final int outputs;
    private final Map<Role, SortedMap<DeviceId, Evaluation>> byRole = new EnumMap<>(Role.class);

    /** Nothing evaluated yet, for a task with this many outputs. */
    public EvaluationMerge(Task task, int outputs) {
        this.task = task;
        this.outputs = outputs;
    }

    /** Takes one device's evaluations. */
    public void add(DeviceId device, Map<Role, Evaluation> evaluations) {
        evaluations.forEach((role, evaluation) ->
                byRole.computeIfAbsent(role, any -> new TreeMap<>()).put(device, evaluation));
    }

    /** The sum over all devices that sent this role; empty when none did. */
    public Optional<Evaluation> sum(Role role) {
        SortedMap<DeviceId, Evaluation> devices = byRole.get(role);
        if (devices == null) {
            return Optional.empty();
        }
        Evaluation sum = Evaluation.empty(task, outputs);
        for (Evaluation evaluation : devices.values()) {
            sum = sum.plus(evaluation);
        }
        return Optional.of(sum);
    }
}
