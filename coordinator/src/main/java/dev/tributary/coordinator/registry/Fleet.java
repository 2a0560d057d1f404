package dev.tributary.coordinator.registry;

import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.DeviceId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The devices of one federation; a change costs O(log n), the counts nothing.
 *
 * @param onlineCount how many are online
 * @param onlineTrainerCount how many of them may train
 * @param onlineEvaluatingCount how many of them may evaluate
 */
public record Fleet(
        PMap<DeviceId, Device> devices, int onlineCount, int onlineTrainerCount, int onlineEvaluatingCount) {

    /** No device known yet. */
    public static Fleet empty() {
        return new Fleet(HashTreePMap.empty(), 0, 0, 0);
    }

    /** A fleet of these devices. */
    public static Fleet of(Collection<Device> devices) {
        Fleet fleet = empty();
        for (Device device : devices) {
            fleet = fleet.with(device);
        }
        return fleet;
    }

    /** The device with this id, if it ever announced itself. */
    public Optional<Device> device(DeviceId id) {
        return Optional.ofNullable(devices.get(id));
    }

    /** The fleet after {@code id} announced itself as online. */
    public Fleet online(DeviceId id, Role role, long exampleCount, Instant now) {
        Optional<Device> known = device(id);
        boolean rejected = known.map(Device::statisticsRejected).orElse(false);
        Instant since = known.filter(Device::online).map(Device::statusSince).orElse(now);
        return with(
                new Device(id, role, exampleCount, Status.ONLINE, rejected, since, known.flatMap(Device::quarantine)));
    }

    /** The fleet after {@code id} went away or fell asleep; nothing changes when it was not known. */
    public Fleet away(DeviceId id, Status status, Instant now) {
        return device(id).map(device -> with(device.withStatus(status, now))).orElse(this);
    }

    /** The fleet in which exactly these devices' statistics are rejected. */
    public Fleet rejecting(Collection<DeviceId> rejected) {
        Fleet next = this;
        for (Device device : devices.values()) {
            boolean isRejected = rejected.contains(device.id());
            if (device.statisticsRejected() != isRejected) {
                next = next.with(device.withStatisticsRejected(isRejected));
            }
        }
        return next;
    }

    /** The online devices that may train. */
    public SortedSet<DeviceId> onlineTrainers() {
        return matching(device -> device.online() && device.trains());
    }

    /** The online devices that may evaluate. */
    public SortedSet<DeviceId> onlineEvaluating() {
        return matching(device -> device.online() && device.evaluates());
    }

    /** Whether {@code id} is online. */
    public boolean isOnline(DeviceId id) {
        return device(id).map(Device::online).orElse(false);
    }

    private SortedSet<DeviceId> matching(Predicate<Device> predicate) {
        SortedSet<DeviceId> matching = new TreeSet<>();
        devices.forEach((id, device) -> {
            if (predicate.test(device)) {
                matching.add(id);
            }
        });
        return matching;
    }

    private Fleet with(Device device) {
        Optional<Device> before = device(device.id());
        return new Fleet(
                devices.plus(device.id(), device),
                onlineCount + change(before, device, Device::online),
                onlineTrainerCount + change(before, device, one -> one.online() && one.trains()),
                onlineEvaluatingCount + change(before, device, one -> one.online() && one.evaluates()));
    }

    private static int change(Optional<Device> before, Device after, Predicate<Device> counted) {
        return (counted.test(after) ? 1 : 0) - (before.filter(counted).isPresent() ? 1 : 0);
    }
}
