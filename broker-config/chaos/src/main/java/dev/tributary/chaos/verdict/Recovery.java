package dev.tributary.chaos.verdict;

import dev.tributary.chaos.evidence.InjectedFault;
import dev.tributary.chaos.evidence.Journals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How soon after a fault was mended its target worked again, by the devices' journals: a device once an update of it is
 * accepted, coordinator and broker once any device sees a version that none saw before.
 */
public record Recovery(InjectedFault fault, Optional<Duration> after) {
    /** The recovery from each fault. */
    public static List<Recovery> of(List<InjectedFault> faults, Journals journals) {
        NavigableSet<Long> progress = new TreeSet<>();
        Map<Long, Long> firstSeen = new HashMap<>();
        for (Journals.Version version : journals.versions()) {
            firstSeen.merge(version.number(), version.atMillis(), Math::min);
        }
        progress.addAll(firstSeen.values());
        Map<String, NavigableSet<Long>> accepted = new HashMap<>();
        for (Journals.Receipt receipt : journals.receipts()) {
            if (receipt.isAccepted() && !receipt.repeat()) {
                accepted.computeIfAbsent(receipt.key().device(), any -> new TreeSet<>())
                        .add(receipt.atMillis());
            }
        }
        List<Recovery> recoveries = new ArrayList<>();
        for (InjectedFault fault : faults) {
            NavigableSet<Long> signs =
                    fault.isOfDevice() ? accepted.getOrDefault(fault.target(), new TreeSet<>()) : progress;
            recoveries.add(new Recovery(
                    fault,
                    Optional.ofNullable(signs.ceiling(fault.mendedAt()))
                            .map(at -> Duration.ofMillis(at - fault.mendedAt()))));
        }
        return recoveries;
    }
}
