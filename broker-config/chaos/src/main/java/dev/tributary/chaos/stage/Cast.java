package dev.tributary.chaos.stage;

import dev.tributary.demo.event.Fields;
import dev.tributary.demo.setup.FleetDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who takes part.
 *
 * @param agents devices that are processes of their own, to be killed one by one
 * @param groups all other devices, each list in one process
 */
public record Cast(FleetDescription fleet, List<String> agents, List<List<String>> groups) {
    /** How many devices are processes of their own, where there are enough. */
    public static final int AGENTS = 8;

    private static final int GROUPS = 3;

    public Cast {
        agents = List.copyOf(agents);
        groups = groups.stream().map(List::copyOf).toList();
    }

    /** The cast for what {@code simulate --describe} said; empty when that was no description. */
    public static Optional<Cast> of(String description) {
        Optional<List<String>> names = Fields.parse(description)
                .map(fields -> fields.objects("devices").stream()
                        .map(device -> device.text("id"))
                        .toList());
        return FleetDescription.parse(description).map(fleet -> of(fleet, names.orElse(List.of())));
    }

    private static Cast of(FleetDescription fleet, List<String> devices) {
        int count = Math.min(AGENTS, (devices.size() + 1) / 2);
        List<String> agents = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            // Spread evenly over the fleet.
            boolean own = (long) (i + 1) * count / devices.size() > (long) i * count / devices.size();
            (own ? agents : others).add(devices.get(i));
        }
        List<List<String>> groups = new ArrayList<>();
        for (int g = 0; g < GROUPS; g++) {
            List<String> group = others.subList(g * others.size() / GROUPS, (g + 1) * others.size() / GROUPS);
            if (!group.isEmpty()) {
                groups.add(group);
            }
        }
        return new Cast(fleet, agents, groups);
    }

    /** All devices. */
    public List<String> devices() {
        List<String> all = new ArrayList<>(agents);
        groups.forEach(all::addAll);
        return all;
    }
}
