package dev.tributary.wire;

import dev.tributary.protocol.ByteBudget;
import dev.tributary.protocol.DeviceMetrics;
import dev.tributary.update.DeviceId;
import java.time.Duration;

/** What a device may send and receive, and what it did, both ways. */
final class BudgetMapper {
    private BudgetMapper() {}

    static dev.tributary.wire.proto.ByteBudget toWire(ByteBudget budget) {
        return dev.tributary.wire.proto.ByteBudget.newBuilder()
                .setBytesPerDay(budget.bytesPerDay())
                .setKeepAliveSeconds(Math.toIntExact(budget.keepAlive().toSeconds()))
                .setMetricsSeconds(Math.toIntExact(budget.metricsInterval().toSeconds()))
                .setModelsWhenCalled(budget.modelsWhenCalled())
                .build();
    }

    static ByteBudget fromWire(dev.tributary.wire.proto.ByteBudget wire) {
        return new ByteBudget(
                wire.getBytesPerDay(),
                Duration.ofSeconds(Integer.toUnsignedLong(wire.getKeepAliveSeconds())),
                Duration.ofSeconds(Integer.toUnsignedLong(wire.getMetricsSeconds())),
                wire.getModelsWhenCalled());
    }

    static dev.tributary.wire.proto.DeviceMetrics toWire(DeviceMetrics metrics) {
        return dev.tributary.wire.proto.DeviceMetrics.newBuilder()
                .setSentBytes(metrics.sentBytes())
                .setReceivedBytes(metrics.receivedBytes())
                .build();
    }

    static DeviceMetrics fromWire(DeviceId device, dev.tributary.wire.proto.DeviceMetrics wire) {
        return new DeviceMetrics(device, wire.getSentBytes(), wire.getReceivedBytes());
    }
}
