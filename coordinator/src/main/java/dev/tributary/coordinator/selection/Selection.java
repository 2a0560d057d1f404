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
    /** A goal is over-selected by this much, in tenths, since 6 to 10 % drop out in practice (Bonawitz et al. 2019). */
    private static final int OVER_SELECTION_TENTHS = 13;

    public Selection {
        selected = Collections.unmodifiableSortedSet(new TreeSet<>(selected));
    }

    /** Everybody. */
    public static Selection all(Bytes nonce, Collection<DeviceId> online) {
        return new Selection(nonce, 1, new TreeSet<>(online));
    }

    /** The share under which exactly ⌈1.3·goal⌉ of {@code online} qualify, or all when there are no more than that. */
    public static Selection forGoal(Bytes nonce, int goal, Collection<DeviceId> online) {
        long wanted = (OVER_SELECTION_TENTHS * (long) goal + 9) / 10;
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
