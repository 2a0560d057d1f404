package dev.tributary.coordinator.selection;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A selection rule with its outcome for the devices that were online when the round opened.
 *
 * @param share of all possible devices that is selected, in [0, 1]
 * @param selected those of the online devices that it selects
 */
public record Selection(Bytes nonce, double share, SortedSet<DeviceId> selected) {
    /** Less than this above a whole number is an error of rounding. */
    private static final double SLACK = 1e-9;

    public Selection {
        selected = Collections.unmodifiableSortedSet(new TreeSet<>(selected));
    }

    /** Everybody. */
    public static Selection all(Bytes nonce, Collection<DeviceId> online) {
        return new Selection(nonce, 1, new TreeSet<>(online));
    }

    /**
     * The share under which exactly {@code ⌈overSelection·goal⌉} of {@code online} qualify, or all when there are no more
     * than that.
     */
    public static Selection forGoal(Bytes nonce, int goal, double overSelection, Collection<DeviceId> online) {
        long wanted = (long) Math.ceil(overSelection * goal - SLACK);
        if (online.size() <= wanted) {
            return all(nonce, online);
        }
        double[] positions = online.stream()
                .mapToDouble(device -> RoundAnnouncement.position(nonce, device))
                .sorted()
                .toArray();
        double share = positions[(int) wanted];
        SortedSet<DeviceId> selected = new TreeSet<>();
        for (DeviceId device : online) {
            if (RoundAnnouncement.position(nonce, device) < share) {
                selected.add(device);
            }
        }
        return new Selection(nonce, share, selected);
    }

    /** Whether {@code device} qualifies. */
    public boolean selects(DeviceId device) {
        return share >= 1 || RoundAnnouncement.position(nonce, device) < share;
    }
}
