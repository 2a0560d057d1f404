package dev.tributary.wire;

import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.util.Optional;

/** The topic names of the wire protocol, version 1. */
public final class Topics {
    private static final String ROOT = "tributary/v1/";

    private Topics() {}

    /** An update topic's parts. */
    public record UpdateTopic(FederationId federation, int shard, DeviceId device) {}

    /** Where the coordinator retains the federation's specification. */
    public static String spec(FederationId federation) {
        return ROOT + federation + "/spec";
    }

    /** Where the coordinator retains the newest model. */
    public static String model(FederationId federation) {
        return ROOT + federation + "/model";
    }

    /** Where the coordinator retains the word on the newest version, with the step that leads to it. */
    public static String modelDelta(FederationId federation) {
        return model(federation) + "/delta";
    }

    /** Where the coordinator retains the open round's announcement. */
    public static String round(FederationId federation) {
        return ROOT + federation + "/round";
    }

    /** Where a device publishes its answers to announcements. */
    public static String update(FederationId federation, int shardCount, DeviceId device) {
        return ROOT + federation + "/update/" + device.shard(shardCount) + "/" + device;
    }

    /** The filter for all devices' answers in a federation. */
    public static String updateFilter(FederationId federation) {
        return ROOT + federation + "/update/+/+";
    }

    /** Where the coordinator answers one device. */
    public static String receipt(FederationId federation, DeviceId device) {
        return ROOT + federation + "/receipt/" + device;
    }

    /** Where a device publishes its predictions. */
    public static String prediction(FederationId federation, DeviceId device) {
        return ROOT + federation + "/prediction/" + device;
    }

    /** Where a device, or its will, retains its presence. */
    public static String presence(DeviceId device) {
        return ROOT + "presence/" + device;
    }

    /** The filter for all devices' presence. */
    public static String presenceFilter() {
        return ROOT + "presence/+";
    }

    /** Where a device tells of itself now and then. */
    public static String metrics(DeviceId device) {
        return ROOT + "metrics/" + device;
    }

    /** The filter for what all devices tell of themselves. */
    public static String metricsFilter() {
        return ROOT + "metrics/+";
    }

    /** Where a client sends itself a sign of life. */
    public static String probe(String clientId) {
        return ROOT + "probe/" + clientId;
    }

    /** The parts of an update topic; empty when it is none. */
    public static Optional<UpdateTopic> parseUpdate(String topic) {
        String[] levels = topic.split("/", -1);
        if (levels.length != 6 || !topic.startsWith(ROOT) || !levels[3].equals("update")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new UpdateTopic(
                    new FederationId(levels[2]), Integer.parseUnsignedInt(levels[4]), new DeviceId(levels[5])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The device of a presence topic; empty when it is none. */
    public static Optional<DeviceId> parsePresence(String topic) {
        return parseDevice(ROOT + "presence/", topic);
    }

    /** The device of a metrics topic; empty when it is none. */
    public static Optional<DeviceId> parseMetrics(String topic) {
        return parseDevice(ROOT + "metrics/", topic);
    }

    private static Optional<DeviceId> parseDevice(String prefix, String topic) {
        if (!topic.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DeviceId(topic.substring(prefix.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
