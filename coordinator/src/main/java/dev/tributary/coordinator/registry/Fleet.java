package dev.tributary.coordinator.registry;

import dev.tributary.protocol.Presence.Role;
import dev.tributary.update.DeviceId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The devices of one federation. */
public record Fleet(Map<DeviceId, Device> devices) {
    public Fleet {
        devices = Collections.unmodifiableMap(devices);
    }

    /** No device known yet. */
    public static Fleet empty() {
        return new Fleet(Map.of());
    }

    /** The device with this id, if it ever announced itself. */
    public Optional<Device> device(DeviceId id) {
        return Optional.ofNullable(devices.get(id));
    }

    /** The fleet after {@code id} announced itself as online. */
    public Fleet online(DeviceId id, Role role, long exampleCount) {
        boolean rejected = device(id).map(Device::statisticsRejected).orElse(false);
        return with(id, new Device(id, role, exampleCount, true, rejected));
    }

    /** The fleet after {@code id} went away; nothing changes when it was not known. */
    public Fleet offline(DeviceId id) {
        return device(id).map(device -> with(id, device.withOnline(false))).orElse(this);
    }

    /** The fleet in which exactly these devices' statistics are rejected. */
    public Fleet rejecting(Collection<DeviceId> rejected) {
        Map<DeviceId, Device> next = new HashMap<>();
        devices.forEach((id, device) -> next.put(id, device.withStatisticsRejected(rejected.contains(id))));
        return new Fleet(next);
    }

    /** The online devices that may train. */
    public SortedSet<DeviceId> onlineTrainers() {
        return matching(device -> device.online() && device.trains());
    }

    /** The online devices that may evaluate. */
    public SortedSet<DeviceId> onlineEvaluating() {
        return matching(device -> device.online() && device.evaluates());
    }

    /** How many devices are online. */
    public int onlineCount() {
        return (int) devices.values().stream().filter(Device::online).count();
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

    private Fleet with(DeviceId id, Device device) {
        Map<DeviceId, Device> next = new HashMap<>(devices);
        next.put(id, device);
        return new Fleet(next);
    }
}
