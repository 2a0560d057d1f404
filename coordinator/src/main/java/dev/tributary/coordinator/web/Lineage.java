package dev.tributary.coordinator.web;

import dev.tributary.coordinator.store.VersionRecord;
import dev.tributary.update.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which version the newest one came from, and that one, and so on. */
final class Lineage {
    private final List<VersionRecord> newestFirst;
    private final Map<Long, VersionRecord> byNumber;

    Lineage(List<VersionRecord> newestFirst) {
        this.newestFirst = List.copyOf(newestFirst);
        this.byNumber = newestFirst.stream().collect(Collectors.toMap(VersionRecord::version, Function.identity()));
    }

    /**
     * The last version in the newest one's line that came before the device's first update.
     *
     * @param counting the versions that an update of the device is part of
     */
    long lastBefore(DeviceId device, Set<Long> counting) throws ProblemException {
        Optional<VersionRecord> first = Optional.empty();
        Optional<VersionRecord> version = newestFirst.stream().findFirst();
        while (version.isPresent()) {
            if (counting.contains(version.get().version())) {
                first = version;
            }
            version = parent(version.get());
        }
        if (first.isEmpty()) {
            throw ProblemException.conflict(
                    "no version that the newest one came from counts an update of " + device + "; there is no need");
        }
        Optional<VersionRecord> before = parent(first.get());
        if (before.isEmpty()) {
            throw ProblemException.conflict("version " + first.get().version() + " counts an update of " + device
                    + ", and what was before it is forgotten");
        }
        return before.get().version();
    }

    private Optional<VersionRecord> parent(VersionRecord version) {
        return version.parent().isPresent()
                ? Optional.ofNullable(byNumber.get(version.parent().getAsLong()))
                : Optional.empty();
    }
}
