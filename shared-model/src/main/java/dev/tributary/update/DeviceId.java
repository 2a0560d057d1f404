package dev.tributary.update;

/** A device's name, which is also its MQTT client id: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
public record DeviceId(String value) implements Comparable<DeviceId> {
    public DeviceId {
        Names.require("device", value);
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
