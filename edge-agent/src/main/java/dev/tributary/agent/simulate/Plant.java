package dev.tributary.agent.simulate;

import dev.tributary.agent.examples.Columns;
import dev.tributary.model.Feature;
import dev.tributary.model.Task;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The built-in plant: a simulation of rotating machines, the same for the same settings on every platform. */
public final class Plant {
    private Plant() {}

    /** All machines with all their rows. */
    public static FleetData fleet(PlantSettings settings) {
        List<Feature> features = PlantSensor.features();
        Columns columns = new Columns(features.stream().map(Feature::name).toList());
        int digits = Math.max(2, Integer.toString(settings.machines()).length());
        Dice dice = new Dice(settings.seed());
        List<DeviceData> devices = new ArrayList<>();
        for (int i = 1; i <= settings.machines(); i++) {
            DeviceId id = new DeviceId(String.format(Locale.ROOT, "machine-%0" + digits + "d", i));
            devices.add(new DeviceData(id, new Machine(settings, dice.split()).rows(columns)));
        }
        List<String> labels =
                Arrays.stream(PlantState.values()).map(PlantState::label).toList();
        return new FleetData(
                true,
                Task.CLASSIFICATION,
                "state",
                Optional.empty(),
                features,
                labels,
                "simulated plant with seed " + settings.seed() + ": " + settings.machines() + " machines, "
                        + labels.size() + " states → classification",
                devices,
                List.of());
    }
}
