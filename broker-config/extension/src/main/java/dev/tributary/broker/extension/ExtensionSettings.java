package dev.tributary.broker.extension;

import java.util.function.UnaryOperator;

/**
 * What the extension can be told.
 *
 * @param networks from where a device may connect
 * @param coordinatorNetworks from where a coordinator may connect, which until it proves who it is can be anybody there
 * @param monitorNetworks from where a monitor may connect
 * @param maxDevicePublishBytes largest payload that a device may publish
 * @param metricsPort port of the metrics endpoint; 0 for none
 */
record ExtensionSettings(
        Networks networks,
        Networks coordinatorNetworks,
        Networks monitorNetworks,
        int maxDevicePublishBytes,
        String metricsHost,
        int metricsPort) {
    private static final String PREFIX = "TRIBUTARY_BROKER_";

    /**
     * Reads the settings, with defaults for what is missing.
     *
     * @param values name to value, null for what is not set
     * @throws IllegalArgumentException if a value breaks its rule
     */
    static ExtensionSettings read(UnaryOperator<String> values) {
        return new ExtensionSettings(
                Networks.parse(text(values, "NETWORKS", "loopback,private")),
                Networks.parse(text(values, "COORDINATOR_NETWORKS", "loopback")),
                Networks.parse(text(values, "MONITOR_NETWORKS", "loopback")),
                number(values, "MAX_DEVICE_PUBLISH_BYTES", 1 << 20, 1 << 30),
                text(values, "METRICS_HOST", "127.0.0.1"),
                number(values, "METRICS_PORT", 0, 65_535));
    }

    /** From where a client of this role may connect. */
    Networks networks(Role role) {
        return switch (role) {
            case DEVICE -> networks;
            case COORDINATOR -> coordinatorNetworks;
            case MONITOR -> monitorNetworks;
        };
    }

    private static String text(UnaryOperator<String> values, String name, String otherwise) {
        String value = values.apply(PREFIX + name);
        return value == null || value.isBlank() ? otherwise : value.trim();
    }

    private static int number(UnaryOperator<String> values, String name, int otherwise, int maximum) {
        String value = text(values, name, Integer.toString(otherwise));
        if (value.matches("[0-9]{1,10}") && Long.parseLong(value) <= maximum) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException(
                PREFIX + name + " must be a number from 0 to " + maximum + ", was \"" + value + "\"");
    }
}
